import type { AddressInfo, Socket } from 'node:net';
import { localHuman } from '@leanvibe/protocol/actor';
import type { EventType } from '@leanvibe/protocol/event-catalogue';
import type { TokenCreated } from '@leanvibe/protocol/token';
import { pino } from 'pino';
import { readConfig } from '../config.ts';
import { createAccess } from '../create-access.ts';
import { backUp, restore } from '../database/backup.ts';
import { lockDataFolder } from '../database/data-folder.ts';
import { openSqliteStore, type SqliteStore } from '../database/sqlite-store.ts';
import { temporaryFolder } from '../database/store-fixture.ts';
import { HubError } from '../hub-error.ts';
import { createHttpServer } from '../http/http-server.ts';
import { InProcessBus } from '../messaging/in-process-bus.ts';
import { MetricsRegistry } from '../system/metrics-registry.ts';
import { ConnectionManager } from './connection-manager.ts';
import { DeviceAcks } from './device-acks.ts';
import { eventDraft } from './event-draft.ts';
import { registerEventRoutes } from './event-routes.ts';
import { EventStreamingService } from './event-streaming-service.ts';
import type { SocketRequestHandlers } from './socket-requests.ts';
import { SocketUpgrade } from './socket-upgrade.ts';
import { StreamingPreferencesService } from './streaming-preferences-service.ts';
import { TestSocket } from './test-socket-fixture.ts';
import { TestStream } from './test-stream-fixture.ts';

export type EventServerOptions = {
  handlers?: SocketRequestHandlers;
  auth?: 'none' | 'token';
  maxConnections?: number;
  cacheBytes?: number;
  /** Whether wake-ups reach the readers. */
  wakeUps?: boolean;
};

/** One run of the server, from its start to its stop. */
type Run = Awaited<ReturnType<typeof start>>;

/**
 * The event log and its streams over real sockets and a real database, without the rest of the product: a test can append any
 * event, move the clock, take events away and look at the parts.
 */
export class EventServer {
  /** Stands still until a test moves it. What is added to `setMs` too is not time that passed. */
  readonly clock = {
    nowMs: Date.parse('2026-11-22T11:00:00Z'),
    setMs: 0,
    now: (): number => this.clock.nowMs,
    monotonicMs: (): number => this.clock.nowMs - this.clock.setMs,
  };
  readonly errors: string[] = [];
  readonly #folder = temporaryFolder();
  readonly #options: EventServerOptions;
  readonly #sockets = new Set<TestSocket>();
  #run: Run | undefined;
  #backups = 0;

  constructor(options: EventServerOptions) {
    this.#options = options;
  }

  async start(): Promise<void> {
    this.#run = await start(this.#folder.path, this.#options, this.clock, (line) => this.errors.push(line));
  }

  async stop(): Promise<void> {
    const { connections, streaming, http, store, metrics } = this.run;
    await Promise.all([http.app.close(), connections.closeAll('server-restart')]);
    streaming.close();
    await store.close();
    metrics[Symbol.dispose]();
  }

  async restart(): Promise<void> {
    await this.stop();
    await this.start();
  }

  /** Writes a copy of the database; answers with its path. */
  backUp(): string {
    this.#backups += 1;
    return backUp(this.#folder.path, `${this.#folder.path}/backup-${this.#backups}.db`, new Date(this.clock.nowMs));
  }

  /** Puts a backup in the place of the database, as the command does: with the server stopped. */
  async restore(backup: string): Promise<void> {
    await this.stop();
    const locked = lockDataFolder(this.#folder.path);
    this.clock.nowMs += 1;
    restore(locked, backup, new Date(this.clock.nowMs));
    locked.release();
    await this.start();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const socket of this.#sockets) socket.terminate();
    await this.stop();
    this.#folder[Symbol.dispose]();
  }

  get run(): Run {
    return this.#run!;
  }

  get store(): SqliteStore {
    return this.run.store;
  }

  get streaming(): EventStreamingService {
    return this.run.streaming;
  }

  get connections(): ConnectionManager {
    return this.run.connections;
  }

  get acks(): DeviceAcks {
    return this.run.acks;
  }

  get port(): number {
    return (this.run.http.app.server.address() as AddressInfo).port;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Appends `agent_progress` events in one commit; answers with the end of the log. */
  publish(clientId: string, ...data: Record<string, unknown>[]): Promise<number> {
    return this.publishAs('agent_progress', clientId, ...data);
  }

  async publishAs(type: EventType, clientId: string, ...data: Record<string, unknown>[]): Promise<number> {
    const result = await this.store.commit({ clientId, events: data.map((item) => this.#draft(type, clientId, item)) });
    if (result.outcome !== 'committed') throw new Error(result.outcome);
    return result.seq;
  }

  publishLive(clientId: string, data: Record<string, unknown>): void {
    this.streaming.publishLive(clientId, this.#draft('metrics_updated', clientId, data));
  }

  /** Keeps only the last events of each workspace. */
  truncate(maxEvents: number): Promise<void> {
    return this.store.purge({ maxEvents, eventsBefore: '', deletedBefore: '', receiptsBefore: '' });
  }

  /** Opens a WebSocket. */
  open(path: string, headers: Record<string, string> = {}, protocols: string[] = []): TestSocket {
    const socket = new TestSocket(`ws://127.0.0.1:${this.port}${path}`, headers, protocols);
    this.#sockets.add(socket);
    return socket;
  }

  /** Opens a WebSocket and waits for `hello`. */
  async connect(path: string, headers: Record<string, string> = {}): Promise<TestSocket> {
    const socket = this.open(path, headers);
    await socket.frame('hello');
    return socket;
  }

  /** Opens a stream of Server-Sent Events. */
  async stream(path: string, headers: Record<string, string> = {}): Promise<TestStream> {
    return new TestStream(await fetch(this.url + path, { headers }));
  }

  async json(path: string): Promise<unknown> {
    return (await fetch(this.url + path)).json();
  }

  /** Makes a token for some workspaces; answers with it and the header that carries it. */
  async token(token: object): Promise<{ id: string; headers: Record<string, string> }> {
    const response = await fetch(`${this.url}/tokens`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${this.run.access.firstToken}` },
      body: JSON.stringify({ name: 'test', ...token }),
    });
    const created = (await response.json()) as TokenCreated;
    return { id: created.id, headers: { authorization: `Bearer ${created.token}` } };
  }

  async revoke(id: string): Promise<void> {
    const headers = { authorization: `Bearer ${this.run.access.firstToken}` };
    await fetch(`${this.url}/tokens/${id}`, { method: 'DELETE', headers });
  }

  setPreferences(clientId: string, body: object, ifMatch?: string): Promise<Response> {
    return fetch(`${this.url}/streaming/clients/${clientId}/preferences`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json', ...(ifMatch === undefined ? {} : { 'if-match': ifMatch }) },
      body: JSON.stringify(body),
    });
  }

  #draft(type: EventType, clientId: string, data: Record<string, unknown>) {
    const timestamp = new Date(this.clock.nowMs).toISOString();
    // Tests of streams do not care what events of a type carry.
    return eventDraft(type as 'agent_progress', { clientId, actor: localHuman, timestamp, data });
  }
}

/** A server in a fresh folder that is stopped and removed when the test is over. */
export async function eventServer(options: EventServerOptions = {}): Promise<EventServer> {
  const server = new EventServer(options);
  await server.start();
  return server;
}

/** Waits until something that the test looks at is so. */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 2));
}

/** Wires one run by hand. */
async function start(
  folder: string,
  options: EventServerOptions,
  clock: { now(): number; monotonicMs(): number },
  onLogLine: (line: string) => void,
) {
  const { auth = 'none', wakeUps = true, handlers = {}, cacheBytes, maxConnections } = options;
  const config = readConfig({ LEANVIBE_DATA_DIR: folder, LEANVIBE_PORT: '0', LEANVIBE_AUTH: auth });
  const log = pino({ level: 'error', base: null }, { write: onLogLine });
  const store = await openSqliteStore({ file: config.databaseFile, thread: false });
  const bus = new InProcessBus();
  if (wakeUps) store.onAppend((clientId, seq) => bus.publish({ clientId, seq }));
  const { counts, counted } = countReads(store);
  const cache = cacheBytes === undefined ? {} : { cacheBytes };
  const streaming = new EventStreamingService({ store: counted, bus, clock, log, ...cache });
  const acks = new DeviceAcks({ store, clock, log });
  const limit = maxConnections === undefined ? {} : { maxConnections };
  const connections = new ConnectionManager({
    streaming,
    acks,
    clock,
    log,
    monotonicMs: () => clock.monotonicMs(),
    ...limit,
  });
  const preferences = new StreamingPreferencesService({ store, clock });
  const access = await createAccess({ config, store, clock, log });
  access.onRevoked((tokenId) => connections.closeByToken(tokenId));
  const metrics = new MetricsRegistry();
  const http = await createHttpServer({ config, store, clock, log, metrics, access: access.service });
  access.register(http);
  registerEventRoutes(http, { streaming, connections, preferences });
  const upgrade = new SocketUpgrade({
    streaming,
    connections,
    acks,
    preferences,
    clock,
    log,
    requests: handlers,
    server: { name: 'LeanVibe', version: '1.0.0' },
    admit: access.admit,
  });
  http.app.server.on('upgrade', (request, wire: Socket, head) => void upgrade.handleUpgrade(request, wire, head));
  await http.listen();
  return { store, bus, streaming, acks, connections, access, http, metrics, counts };
}

/** The store, with its reads of the log counted, and failing when a test says so. */
function countReads(store: SqliteStore) {
  const counts = { events: 0, failing: false };
  const counted = {
    epoch: store.epoch,
    head: (clientId: string) => store.head(clientId),
    events: (...page: Parameters<SqliteStore['events']>) => {
      counts.events += 1;
      if (counts.failing) return Promise.reject(new HubError('storage-unavailable'));
      return store.events(...page);
    },
  };
  return { counts, counted };
}
