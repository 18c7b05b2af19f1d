import { createServer, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { localHuman } from '@leanvibe/protocol/actor';
import type { EventType } from '@leanvibe/protocol/event-catalogue';
import Fastify, { type FastifyInstance } from 'fastify';
import type { z } from 'zod';
import type { Caller } from '../access/caller.ts';
import { temporaryFolder } from '../database/store-fixture.ts';
import { openSqliteStore, type SqliteStore } from '../database/sqlite-store.ts';
import { HubError } from '../hub-error.ts';
import type { RouteBinder } from '../http/route-binding.ts';
import { InProcessBus } from '../messaging/in-process-bus.ts';
import { ConnectionManager } from './connection-manager.ts';
import { DeviceAcks } from './device-acks.ts';
import { eventDraft } from './event-draft.ts';
import { registerEventRoutes } from './event-routes.ts';
import { EventStreamingService } from './event-streaming-service.ts';
import type { SocketRequestHandlers } from './socket-requests.ts';
import { SocketUpgrade } from './socket-upgrade.ts';
import { StreamingPreferencesService } from './streaming-preferences-service.ts';
import { TestSocket } from './test-socket-fixture.ts';

/** The person at this machine, who may do everything. */
export const localCaller: Caller = {
  tokenId: null,
  admin: true,
  clientIds: new Set(),
  role: 'human',
  expiresAtMs: null,
  actor: localHuman,
};

export type EventServerOptions = {
  handlers?: SocketRequestHandlers;
  /** Says who calls, from the path of the request. */
  admit?: (url: string) => Caller;
  maxConnections?: number;
  cacheBytes?: number;
};

/** Time that stands still until a test moves it. */
export type TestClock = { nowMs: number; now(): number };

/** The event log and its streams over real sockets and a real database, without the rest of the product. */
export class EventServer {
  readonly clock: TestClock = { nowMs: Date.parse('2026-11-22T11:00:00Z'), now: () => this.clock.nowMs };
  readonly errors: string[] = [];
  readonly bus = new InProcessBus();
  readonly streaming: EventStreamingService;
  readonly connections: ConnectionManager;
  readonly acks: DeviceAcks;
  readonly store: SqliteStore;
  readonly file: string;
  readonly #app: FastifyInstance;
  readonly #sockets = new Set<TestSocket>();
  reads = 0;

  private constructor(store: SqliteStore, file: string, app: FastifyInstance, options: EventServerOptions) {
    this.store = store;
    this.file = file;
    this.#app = app;
    const { bus, clock } = this;
    const log = {
      error: (fields: object, message: string) =>
        void this.errors.push(`${message} ${String((fields as { err?: unknown }).err)}`),
    };
    const counted = {
      epoch: store.epoch,
      head: (clientId: string) => store.head(clientId),
      events: (...page: Parameters<SqliteStore['events']>) => {
        this.reads += 1;
        return store.events(...page);
      },
    };
    this.streaming = new EventStreamingService({ store: counted, bus, clock, log, ...pick(options, 'cacheBytes') });
    this.acks = new DeviceAcks({ store, clock, log });
    this.connections = new ConnectionManager({
      streaming: this.streaming,
      acks: this.acks,
      clock,
      log,
      ...pick(options, 'maxConnections'),
    });
    const preferences = new StreamingPreferencesService({ store, clock });
    const admit = (url: string) => options.admit?.(url) ?? localCaller;
    const { streaming, connections, acks } = this;
    registerEventRoutes({ app, serve: plainBinder(app, admit) }, { streaming, connections, preferences });
    const upgrade = new SocketUpgrade({
      streaming,
      connections,
      acks,
      preferences,
      clock,
      log,
      requests: options.handlers ?? {},
      server: { name: 'leanvibe', version: '1.0.0' },
      admit: (request) => admit(request.url ?? ''),
    });
    app.server.on('upgrade', (request, wire, head) => void upgrade.handleUpgrade(request, wire as Socket, head));
    store.onAppend((clientId, seq) => bus.publish({ clientId, seq }));
  }

  static async open(options: EventServerOptions & { file: string }): Promise<EventServer> {
    const store = await openSqliteStore({ file: options.file, thread: false });
    const app = Fastify({ serverFactory: (handler) => createServer(handler), forceCloseConnections: true });
    const server = new EventServer(store, options.file, app, options);
    await app.listen({ port: 0, host: '127.0.0.1' });
    return server;
  }

  get http(): Server {
    return this.#app.server;
  }

  get port(): number {
    return (this.#app.server.address() as AddressInfo).port;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Appends events of one type in one commit; answers with the end of the log. */
  async publish(clientId: string, ...data: Record<string, unknown>[]): Promise<number> {
    return this.publishAs('agent_progress', clientId, ...data);
  }

  async publishAs(type: EventType, clientId: string, ...data: Record<string, unknown>[]): Promise<number> {
    const timestamp = new Date(this.clock.nowMs).toISOString();
    const events = data.map((item) =>
      eventDraft<'agent_progress'>(type as 'agent_progress', { clientId, actor: localHuman, timestamp, data: item }),
    );
    const result = await this.store.commit({ clientId, events });
    if (result.outcome !== 'committed') throw new Error(result.outcome);
    return result.seq;
  }

  /** Connects and waits for `hello`. */
  async connect(path: string, headers: Record<string, string> = {}): Promise<TestSocket> {
    const socket = new TestSocket(`ws://127.0.0.1:${this.port}${path}`, headers);
    this.#sockets.add(socket);
    await socket.frame('hello');
    return socket;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.connections.closeAll('server-restart');
    for (const socket of this.#sockets) socket.terminate();
    this.streaming.close();
    await this.#app.close();
    await this.store.close();
  }
}

/** A server in a fresh folder that is stopped and removed when the test is over. */
export async function eventServer(options: EventServerOptions = {}): Promise<EventServer> {
  const folder = temporaryFolder();
  const server = await EventServer.open({ ...options, file: `${folder.path}/test.db` });
  const dispose = server[Symbol.asyncDispose].bind(server);
  server[Symbol.asyncDispose] = async () => {
    await dispose();
    folder[Symbol.dispose]();
  };
  return server;
}

const pick = <Options extends object, Name extends keyof Options>(options: Options, name: Name) =>
  (name in options ? { [name]: options[name] } : {}) as Pick<Options, Name>;

/** Parses and answers as the product does, without its access checks and documents. */
const plainBinder =
  (app: FastifyInstance, admit: (url: string) => Caller): RouteBinder =>
  (definition, handler) => {
    app.route({
      method: definition.method,
      url: definition.path.replaceAll(/\{(\w+)\}/g, ':$1'),
      handler: async (request, reply) => {
        void reply.header('x-request-id', 'r-1').header('x-content-type-options', 'nosniff');
        try {
          const part = (schema: z.ZodType | undefined, value: unknown) => parse(schema, value);
          const input = {
            params: part(definition.params, request.params),
            query: part(definition.query, request.query),
            body: part(definition.body, request.body),
          };
          const match = request.headers['if-match'];
          const caller = admit(request.url);
          const answer = await handler(input as never, {
            caller,
            actor: caller.actor,
            ifMatch: match === undefined ? null : [Number(match.replaceAll('"', ''))],
            receipt: () => undefined,
            request,
            reply,
          });
          if (answer === null) return reply;
          return reply.code(answer.status).type('application/json').headers(answer.headers).send(answer.body);
        } catch (error) {
          if (!(error instanceof HubError)) throw error;
          return reply
            .code(error.status)
            .type('application/problem+json')
            .send(JSON.stringify({ code: error.code, detail: error.message, ...error.extensions }));
        }
      },
    });
  };

function parse(schema: z.ZodType | undefined, value: unknown): unknown {
  if (schema === undefined) return undefined;
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw new HubError('validation-failed', parsed.error.message);
  return parsed.data;
}

/** Waits until something that the test looks at is so. */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 2));
}
