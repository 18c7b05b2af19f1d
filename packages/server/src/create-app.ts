import { mkdirSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { dirname } from 'node:path';
import { pino, type Logger } from 'pino';
import { systemClock, type Clock } from './clock.ts';
import type { ServerConfig } from './config.ts';
import { createAccess } from './create-access.ts';
import { createBoards } from './create-boards.ts';
import { createStreaming } from './create-streaming.ts';
import { lockDataFolder } from './database/data-folder.ts';
import { Housekeeper } from './database/housekeeper.ts';
import type { Synchronous } from './database/sqlite-connection.ts';
import { openSqliteStore } from './database/sqlite-store.ts';
import type { Store } from './database/store.ts';
import { createHttpServer } from './http/http-server.ts';
import { lanAddresses } from './http/lan-address.ts';
import { storageHealth } from './system/health-report.ts';
import { MetricsRegistry } from './system/metrics-registry.ts';
import { registerSystemRoutes } from './system/system-routes.ts';
import { observeStore } from './system/store-metrics.ts';
import { readWebFiles } from './web/web-files.ts';
import { registerWebRoutes } from './web/web-routes.ts';
import { productVersion } from './version.ts';

/** The outside world, for tests. `synchronous` is for tests of durability only. `webDir`: where the built web app lies; default: none is served. */
export type AppOverrides = { clock?: Clock; log?: Logger; synchronous?: Synchronous; webDir?: string };

/** Why the server stops: `shutting-down` for good, `server-restart` when it will be back. */
export type StopReason = 'shutting-down' | 'server-restart';

/** A running server. Disposing it is `stop('shutting-down')`. */
export type App = AsyncDisposable & {
  /** Where it listens, such as `http://127.0.0.1:8765`. */
  url: string;
  store: Store;
  log: Logger;
  /** The secret of the first token, when one was made at this start. */
  firstToken: string | null;
  /** A link that signs one browser in, once; the plain address on a server that asks for no token. */
  pairingUrl(): string;
  /** Stops accepting, finishes what was begun, tells the sockets, and closes the database. */
  stop(reason: StopReason): Promise<void>;
};

/** Builds the whole server and listens. Throws `StartRefused` when it cannot run; nothing is left behind then. */
export async function createApp(config: ServerConfig, overrides: AppOverrides = {}): Promise<App> {
  await using stack = new AsyncDisposableStack();
  const clock = overrides.clock ?? systemClock;
  const log = overrides.log ?? pino({ level: config.logLevel, base: null, timestamp: pino.stdTimeFunctions.isoTime });
  const folder = stack.adopt(lockDataFolder(config.dataDir), (locked) => locked.release());
  const store = await openStore(config, overrides);
  stack.defer(() => store.close());
  stack.use(housekeeper(config, store, clock, log));
  const metrics = stack.use(new MetricsRegistry());
  observeStore(store, metrics);
  const access = await createAccess({ config, store, clock, log });
  const http = await createHttpServer({ config, store, clock, log, metrics, access: access.service });
  const streaming = createStreaming({ store, clock, log, metrics, access, server: http.app.server });
  stack.defer(() => streaming.close());
  const boards = createBoards({ config, store, clock, log });
  stack.use(boards);
  for (const room of [access, streaming, boards]) room.register(http);
  let stopping: StopReason | null = null;
  const startedAt = performance.now();
  registerSystemRoutes(http, {
    version: productVersion,
    uptimeSeconds: () => (performance.now() - startedAt) / 1000,
    components: { Store: () => storageHealth(store.state), ...boards.components, ...streaming.components },
    isStopping: () => stopping !== null,
    metrics,
  });
  registerWebRoutes(http, overrides.webDir === undefined ? null : await readWebFiles(overrides.webDir));
  stack.defer(() => http.app.close());
  await http.listen();
  const url = addressOf(http.app.server.address() as AddressInfo);
  folder.announce({ pid: process.pid, url, started_at: new Date(clock.now()).toISOString() });
  const resources = stack.move();
  const stop = once(async (reason: StopReason) => {
    stopping = reason;
    // A listener that closes waits for its connections; the sockets have to be told meanwhile.
    await Promise.all([http.app.close(), streaming.end(reason)]);
    await resources.disposeAsync();
  });
  return {
    url,
    store,
    log,
    firstToken: access.firstToken,
    pairingUrl: () => access.pairingUrl(reachableFrom(url, config)),
    stop,
    [Symbol.asyncDispose]: () => stop('shutting-down'),
  };
}

function openStore({ databaseFile }: ServerConfig, { synchronous }: AppOverrides) {
  mkdirSync(dirname(databaseFile), { recursive: true });
  return openSqliteStore({ file: databaseFile, ...(synchronous ? { synchronous } : {}) });
}

function housekeeper(config: ServerConfig, store: Store, clock: Clock, log: Logger): Housekeeper {
  const { retentionDays, retentionEvents } = config;
  const onError = (error: unknown) =>
    log.error({ err: error }, 'Old events could not be removed; tried again in an hour');
  const keeper = new Housekeeper({ store, clock, retentionDays, retentionEvents, onError });
  void keeper.sweep();
  return keeper;
}

const addressOf = ({ address, port, family }: AddressInfo): string => {
  const reachable = address === '0.0.0.0' || address === '::' ? '127.0.0.1' : address;
  return `http://${family === 'IPv6' && reachable === address ? `[${address}]` : reachable}:${port}`;
};

/** The address as a phone would have to write it, where the server listens everywhere. */
function reachableFrom(url: string, { host }: ServerConfig): string {
  const lanAddress = host === '0.0.0.0' || host === '::' ? lanAddresses()[0] : undefined;
  return lanAddress === undefined ? url : `http://${lanAddress}:${new URL(url).port}`;
}

/** The first call decides; every later one waits for the same end. */
function once(stop: (reason: StopReason) => Promise<void>): (reason: StopReason) => Promise<void> {
  let stopped: Promise<void> | undefined;
  return (reason) => (stopped ??= stop(reason));
}
