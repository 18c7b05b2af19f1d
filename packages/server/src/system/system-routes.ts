import { routes } from '@leanvibe/protocol/route-catalogue';
import { HubError } from '../hub-error.ts';
import type { Answer, RouteHost } from '../http/route-binding.ts';
import { registerDocsRoutes } from './docs-routes.ts';
import { healthReport, type HealthCheck } from './health-report.ts';
import type { MetricsRegistry } from './metrics-registry.ts';

/** What the system routes are made of. */
export type SystemRoutesDeps = {
  /** The version of the product. */
  version: string;
  /** Seconds since the server started, from a clock that does not jump. */
  uptimeSeconds: () => number;
  /** How each component is, by its product name. */
  components: Readonly<Record<string, HealthCheck>>;
  /** Whether the server has begun to stop: it is then alive, but not ready. */
  isStopping: () => boolean;
  metrics: MetricsRegistry;
};

const fresh = { 'cache-control': 'no-store' };

const jsonAnswer = (status: number, body: object): Answer => ({
  status,
  headers: { ...fresh, 'content-type': 'application/json; charset=utf-8' },
  body: JSON.stringify(body),
});

/** Serves the state of the server, its figures and its documents. */
export const registerSystemRoutes = (host: RouteHost, deps: SystemRoutesDeps): void => {
  const { version, uptimeSeconds, components, isStopping, metrics } = deps;
  host.serve(routes.getHealth, async () => {
    const report = await healthReport(components, { version, uptimeSeconds: uptimeSeconds() });
    return jsonAnswer(report.status === 'down' ? 503 : 200, report);
  });
  host.serve(routes.getReady, () => {
    if (isStopping()) throw new HubError('shutting-down');
    return jsonAnswer(200, { ready: true });
  });
  host.serve(routes.getMetrics, async () => ({
    status: 200,
    headers: { ...fresh, 'content-type': metrics.contentType },
    body: await metrics.text(),
  }));
  registerDocsRoutes(host, { version });
};
