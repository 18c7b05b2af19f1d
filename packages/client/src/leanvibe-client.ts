import type { Health, Ready } from '@leanvibe/protocol/health';
import type { OperationId } from '@leanvibe/protocol/route-catalogue';
import { ConnectionsClient } from './connections-client.ts';
import { DocumentsClient } from './documents-client.ts';
import { EventsClient } from './events-client.ts';
import { HttpTransport } from './http-transport.ts';
import { PairingClient } from './pairing-client.ts';
import { PreferencesClient } from './preferences-client.ts';
import { defaultRetryPolicy, type RetryPolicy } from './retry-policy.ts';
import type { AnswerOf, CallOptions, CallRequest, Reply } from './route-call.ts';
import type { SocketConstructor } from './socket-session.ts';
import { TasksClient } from './tasks-client.ts';
import { platformRandom, platformTimers, type Timers } from './timers.ts';
import { TokensClient } from './tokens-client.ts';
import { WorkspaceCalls } from './workspace-calls.ts';

/** What a client is made with. */
export type LeanVibeClientOptions = {
  /** The address of the server, such as `http://127.0.0.1:8765`; in its own pages `location.origin`. */
  baseUrl: string;
  /** The workspace. */
  clientId: string;
  /** The secret of a token, where the server asks for one. */
  token?: string | undefined;
  /** Who acts, as `human:<id>` or `agent:<id>`; read where no token is asked for, and from admin tokens. */
  actor?: string | undefined;
  /** Default: that of the platform. */
  fetch?: typeof fetch | undefined;
  /** Default: that of the platform. */
  WebSocket?: SocketConstructor | undefined;
  /** Default: that of the platform. */
  timers?: Timers | undefined;
  /** From 0 to below 1; spreads retries and reconnects. Default: `Math.random`. */
  random?: (() => number) | undefined;
  /** How failed calls are tried again. */
  retryPolicy?: Partial<RetryPolicy> | undefined;
  /** Milliseconds that one attempt of a call may take; 0: no limit. Default: 30 seconds. */
  timeoutMs?: number | undefined;
  /** Emits `online` when the network is back. Default: `window`, where there is one. */
  network?: Pick<EventTarget, 'addEventListener' | 'removeEventListener'> | undefined;
};

/** Calls a LeanVibe server about one workspace. */
export class LeanVibeClient {
  /** The workspace. */
  readonly clientId: string;
  /** Tasks, the board, its rules and approvals. */
  readonly tasks: TasksClient;
  /** The event log and its streams. */
  readonly events: EventsClient;
  /** What new sockets receive. */
  readonly preferences: PreferencesClient;
  /** The open sockets and streams. */
  readonly connections: ConnectionsClient;
  /** Who may call. */
  readonly tokens: TokensClient;
  /** Links that sign a browser in. */
  readonly pairing: PairingClient;
  /** What the server says about its own interface. */
  readonly documents: DocumentsClient;
  readonly #options: LeanVibeClientOptions;
  readonly #transport: HttpTransport;

  constructor(options: LeanVibeClientOptions) {
    const { baseUrl, clientId, token, timers = platformTimers, random = platformRandom } = options;
    const transport = transportOf(options, timers, random);
    const calls = new WorkspaceCalls(transport, clientId);
    this.#options = options;
    this.#transport = transport;
    this.clientId = clientId;
    this.tasks = new TasksClient(calls);
    this.events = new EventsClient(calls, {
      baseUrl,
      clientId,
      token,
      timers,
      random,
      WebSocket: options.WebSocket ?? globalThis.WebSocket,
      network: options.network ?? platformNetwork(),
    });
    this.preferences = new PreferencesClient(calls);
    this.connections = new ConnectionsClient(transport);
    this.tokens = new TokensClient(transport);
    this.pairing = new PairingClient(transport);
    this.documents = new DocumentsClient(transport);
  }

  /** Liveness and the state of each component; also of a server that says that something is down. */
  async health(options?: CallOptions): Promise<Health> {
    return (await this.#transport.call('getHealth', {}, options, [503])).body;
  }

  /** Whether requests are served. A server that is stopping is an error, `shutting-down`. */
  async ready(options?: CallOptions): Promise<Ready> {
    return (await this.#transport.call('getReady', {}, { retries: 0, ...options })).body;
  }

  /** Figures as Prometheus text. */
  async metrics(options?: CallOptions): Promise<string> {
    return (await this.#transport.call('getMetrics', {}, options)).body;
  }

  /** Calls any operation of the catalogue by its id and answers with status and headers. */
  call<Id extends OperationId>(id: Id, request: CallRequest<Id>, options?: CallOptions): Promise<Reply<AnswerOf<Id>>> {
    return this.#transport.call(id, request, options);
  }

  /** A client of the same server for another workspace. */
  workspace(clientId: string): LeanVibeClient {
    return new LeanVibeClient({ ...this.#options, clientId });
  }
}

/** Makes a client. Nothing is sent before it is asked for something. */
export const createLeanVibeClient = (options: LeanVibeClientOptions): LeanVibeClient => new LeanVibeClient(options);

const platformNetwork = (): EventTarget | undefined =>
  typeof globalThis.addEventListener === 'function' ? globalThis : undefined;

const transportOf = (options: LeanVibeClientOptions, timers: Timers, random: () => number): HttpTransport =>
  new HttpTransport({
    baseUrl: options.baseUrl,
    credentials: { token: options.token, actor: options.actor },
    // Called as a method of something else, the fetch of a browser throws.
    fetch: options.fetch ?? ((input, init) => globalThis.fetch(input, init)),
    timers,
    random,
    retryPolicy: { ...defaultRetryPolicy, ...options.retryPolicy },
    timeoutMs: options.timeoutMs ?? 30_000,
  });
