import type { AddressInfo } from 'node:net';
import { allRoutes } from '@leanvibe/protocol/route-catalogue';
import { pino } from 'pino';
import { AccessService } from '../access/access-service.ts';
import { registerAccessRoutes } from '../access/access-routes.ts';
import { PairingCodes } from '../access/pairing-codes.ts';
import { TokenService } from '../access/token-service.ts';
import type { Clock } from '../clock.ts';
import { temporaryStore, type SqliteStore } from '../database/store-fixture.ts';
import { MetricsRegistry } from '../system/metrics-registry.ts';
import { jsonAnswer } from './answer.ts';
import { createHttpServer, type HttpServerDeps } from './http-server.ts';
import type { RouteHost } from './route-binding.ts';

/** Serves every route of the catalogue but those about access with an answer that says what the handler was given. */
export const serveEverything = ({ serve }: RouteHost): void => {
  for (const { operationId, ...definition } of allRoutes) {
    if (definition.tag === 'Access') continue;
    serve(definition, (input, { actor }) => jsonAnswer(200, { operationId, input, actor }));
  }
};

/** A clock that a test moves. */
export class SettableClock implements Clock {
  #nowMs = Date.now();

  now(): number {
    return this.#nowMs;
  }

  advance(ms: number): void {
    this.#nowMs += ms;
  }
}

/** What a server for tests differs in, and the routes it has besides those about access. */
export type TestServerOptions = Partial<Pick<HttpServerDeps, 'limits'>> & {
  rateLimitPerMinute?: number;
  port?: number;
  auth?: 'none' | 'token';
  loopback?: boolean;
  logLevel?: string;
  routes?: (host: RouteHost, store: SqliteStore) => void;
};

/** The HTTP server with its access routes and a real store, on a port of its own, and every line that it logs. */
export async function startHttpServer(options: TestServerOptions = {}) {
  const {
    auth = 'none',
    loopback = true,
    logLevel = 'trace',
    rateLimitPerMinute = null,
    limits = {},
    routes,
  } = options;
  const temporary = await temporaryStore(false);
  const clock = new SettableClock();
  const lines: string[] = [];
  const logger = pino({ level: logLevel, base: null }, { write: (line: string) => void lines.push(line) });
  const onError = (error: unknown) => logger.error({ err: error });
  const tokens = await TokenService.open({ store: temporary.store, clock, onError });
  const access = new AccessService({ auth, loopback, host: '127.0.0.1', tokens });
  const { store } = temporary;
  const metrics = new MetricsRegistry();
  const config = { host: '127.0.0.1', port: options.port ?? 0, rateLimitPerMinute };
  const http = await createHttpServer({ config, log: logger, access, store, clock, metrics, limits });
  const { app } = http;
  const codes = new PairingCodes({ clock });
  const url = (): string => `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
  registerAccessRoutes(http, { tokens, codes, clock });
  routes?.(http, store);
  await http.listen();
  return {
    ...http,
    tokens,
    codes,
    access,
    store,
    clock,
    lines,
    url: url(),
    port: (app.server.address() as AddressInfo).port,
    fetch: (path: string, init?: RequestInit) => fetch(url() + path, { redirect: 'manual', ...init }),
    async [Symbol.asyncDispose]() {
      await app.close();
      metrics[Symbol.dispose]();
      await temporary[Symbol.asyncDispose]();
    },
  };
}
