import { asyncApiDocument } from '@leanvibe/protocol/async-api';
import { errorDocs } from '@leanvibe/protocol/error-docs';
import { eventDocs } from '@leanvibe/protocol/event-docs';
import { Health } from '@leanvibe/protocol/health';
import { openApiDocument } from '@leanvibe/protocol/open-api';
import { describe, expect, it } from 'vitest';
import type { HealthCheck } from './health-report.ts';
import { storageHealth } from './health-report.ts';
import { startSystemServer } from './system-server-fixture.ts';

const check =
  (status: 'ok' | 'degraded' | 'down'): HealthCheck =>
  () => ({ status });

describe('GET /health', () => {
  it('[C9] names each component and the version', async () => {
    await using server = await startSystemServer({
      components: { TaskService: check('ok'), ConnectionManager: () => ({ status: 'ok', connections: 2 }) },
    });
    const response = await server.get('/health');
    expect(response.status).toBe(200);
    expect(response.headers.get('cache-control')).toBe('no-store');
    const health = Health.parse(await response.json());
    expect(health).toMatchObject({ status: 'ok', version: '1.2.3', uptime_seconds: 12.5 });
    expect(health.components).toEqual({
      TaskService: { status: 'ok' },
      ConnectionManager: { status: 'ok', connections: 2 },
    });
  });

  it('[C9] is 503 only when a component is down', async () => {
    let status: 'degraded' | 'down' = 'degraded';
    await using server = await startSystemServer({ components: { Store: () => ({ status }) } });
    expect((await server.get('/health')).status).toBe(200);
    status = 'down';
    const response = await server.get('/health');
    expect(response.status).toBe(503);
    expect(Health.parse(await response.json()).status).toBe('down');
  });

  it('[C4] stays alive, but degraded, while the disk is full', async () => {
    await using server = await startSystemServer({ components: { Store: () => storageHealth('full') } });
    const response = await server.get('/health');
    expect(response.status).toBe(200);
    expect(Health.parse(await response.json()).status).toBe('degraded');
  });
});

describe('GET /ready', () => {
  it('[C9] is ready until the server begins to stop, which it says as a problem', async () => {
    let stopping = false;
    await using server = await startSystemServer({ isStopping: () => stopping });
    const ready = await server.get('/ready');
    expect([ready.status, await ready.json()]).toEqual([200, { ready: true }]);
    stopping = true;
    const response = await server.get('/ready');
    expect(response.status).toBe(503);
    expect(await response.json()).toMatchObject({ code: 'shutting-down' });
    expect((await server.get('/health')).status).toBe(200);
  });
});

describe('GET /metrics', () => {
  it('[C9] counts requests by the pattern of their route, not by their path', async () => {
    await using server = await startSystemServer();
    await (await server.get('/docs/errors.md')).text();
    await (await server.get('/docs/nothing')).text();
    await (await server.get('/no/such/path')).text();
    const response = await server.get('/metrics');
    expect(response.headers.get('content-type')).toContain('text/plain; version=0.0.4');
    const text = await response.text();
    expect(text).toMatch(/leanvibe_http_requests_total\{method="GET",route="\/docs\/:file",status="200"\} 1/);
    expect(text).toMatch(/leanvibe_http_requests_total\{method="GET",route="\/docs\/:file",status="404"\} 1/);
    expect(text).toContain('route="unmatched"');
    expect(text).not.toContain('such');
  });
});

describe('documents', () => {
  it.each([
    ['/openapi.json', () => openApiDocument({ version: '1.2.3' })],
    ['/asyncapi.json', () => asyncApiDocument({ version: '1.2.3' })],
  ] as const)('[C8] %s is the document, and 304 while it is known', async (path, make) => {
    await using server = await startSystemServer();
    const response = await server.get(path);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toContain('application/json');
    expect(await response.json()).toEqual(JSON.parse(JSON.stringify(make())));
    const again = await server.get(path, { 'if-none-match': response.headers.get('etag')! });
    expect([again.status, await again.text()]).toEqual([304, '']);
  });

  it.each([
    ['/docs/errors.md', errorDocs],
    ['/docs/events.md', eventDocs],
  ] as const)('[C8] %s is the text of the catalogue', async (path, make) => {
    await using server = await startSystemServer();
    const response = await server.get(path);
    expect(response.headers.get('content-type')).toBe('text/markdown; charset=utf-8');
    expect(await response.text()).toBe(make());
  });
});

describe('GET /docs', () => {
  it.each(['/docs', '/docs/'])('[C8] %s is a page whose every part comes from this server', async (path) => {
    await using server = await startSystemServer();
    const response = await server.get(path);
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    const page = await response.text();
    const parts = [...page.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, address]) => address!);
    expect(parts).toEqual(expect.arrayContaining(['/openapi.json', '/asyncapi.json', '/docs/swagger-ui-bundle.js']));
    for (const part of parts) {
      expect(part).toMatch(/^\//);
      const answer = await server.get(part);
      expect([part, answer.status]).toEqual([part, 200]);
      expect((await answer.arrayBuffer()).byteLength).toBeGreaterThan(50);
    }
  });

  it('[S1] runs under a policy that allows nothing from elsewhere and no script within the page', async () => {
    await using server = await startSystemServer();
    const response = await server.get('/docs');
    const policy = response.headers.get('content-security-policy')!;
    expect(policy).toContain("default-src 'none'; script-src 'self'; style-src 'self'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toMatch(/unsafe|https?:|\*/);
    const page = await response.text();
    expect(page).not.toMatch(/<script>|<script (?![^>]*src=)|<style| style=| on[a-z]+=|https?:/);
  });

  it('[C8] sends each file with its type', async () => {
    await using server = await startSystemServer();
    const typeOf = async (file: string) => (await server.get(`/docs/${file}`)).headers.get('content-type');
    expect(await typeOf('swagger-ui.css')).toBe('text/css; charset=utf-8');
    expect(await typeOf('swagger-ui-bundle.js')).toBe('text/javascript; charset=utf-8');
    expect(await typeOf('favicon-32x32.png')).toBe('image/png');
  });

  it.each(['package.json', '..%2fpackage.json', '..%2f..%2fpackage.json', 'constructor', '__proto__', 'swagger-ui.js'])(
    '[S1] has no file %s',
    async (file) => {
      await using server = await startSystemServer();
      const response = await server.get(`/docs/${file}`);
      expect(response.status).toBe(404);
      expect(response.headers.get('content-type')).toContain('application/problem+json');
    },
  );
});
