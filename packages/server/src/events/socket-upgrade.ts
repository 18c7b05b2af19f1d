import { randomUUIDv7 } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { problemCatalogue, type ProblemCode } from '@leanvibe/protocol/problem-catalogue';
import { maxFrameBytes } from '@leanvibe/protocol/socket-frames';
import { WebSocketServer, type Server, type ServerOptions } from 'ws';
import { assertMayCall, type Caller } from '../access/caller.ts';
import { HubError } from '../hub-error.ts';
import { refuseConnection } from '../http/raw-problem.ts';
import { requestIdOf } from '../http/request-id.ts';
import { guessClientType } from './client-type.ts';
import { EventSocket, type EventSocketDeps, type EventSocketOpening } from './event-socket.ts';
import { HubSocket } from './hub-socket.ts';
import { streamOptions } from './stream-options.ts';
import type { StreamingPreferencesService } from './streaming-preferences-service.ts';
import { readUpgradeTarget, type UpgradeTarget } from './upgrade-request.ts';

const bearerProtocol = 'leanvibe.bearer.';

// `closeTimeout` is not yet in the types of ws.
const webSocketOptions: ServerOptions<typeof HubSocket> & { closeTimeout: number } = {
  noServer: true,
  clientTracking: false,
  WebSocket: HubSocket,
  maxPayload: maxFrameBytes,
  // A frame of this size needs no more than a few hundred of either; without limits each tiny one costs an object.
  maxFragments: 1024,
  maxBufferedChunks: 4096,
  perMessageDeflate: false,
  // Pings are answered by the socket itself, which counts them.
  autoPong: false,
  closeTimeout: 2000,
  handleProtocols: chooseProtocol,
};

export type SocketUpgradeDeps = EventSocketDeps & {
  preferences: StreamingPreferencesService;
  /** Says who calls; throws `HubError` for a Host, Origin or token that is not allowed. */
  admit: (request: IncomingMessage) => Caller | Promise<Caller>;
};

/** Makes sockets of the handshakes for `/ws/{client_id}`, and answers all other handshakes with a problem. */
export class SocketUpgrade {
  readonly #deps: SocketUpgradeDeps;
  readonly #webSockets: Server<typeof HubSocket>;

  constructor(deps: SocketUpgradeDeps) {
    this.#deps = deps;
    this.#webSockets = new WebSocketServer(webSocketOptions);
    this.#webSockets.on('headers', (headers, request) => headers.push(`X-Request-Id: ${requestIdOf(request)}`));
    this.#webSockets.on('wsClientError', (error, wire, request) =>
      refuseConnection(wire, new HubError('malformed-request', `${error.message}.`), requestIdOf(request)),
    );
  }

  /** Takes over the connection of an upgrade request. Never rejects. */
  async handleUpgrade(request: IncomingMessage, wire: Socket, head: Buffer): Promise<void> {
    const ignore = () => undefined;
    wire.on('error', ignore);
    try {
      await this.#open(request, wire, head);
    } catch (error) {
      const requestId = requestIdOf(request);
      const problem = error instanceof HubError ? error : new HubError('internal-error');
      if (problem !== error)
        this.#deps.log.error({ err: error, request_id: requestId }, 'A WebSocket handshake failed');
      refuseConnection(wire, problem, requestId);
    } finally {
      wire.off('error', ignore);
    }
  }

  async #open(request: IncomingMessage, wire: Socket, head: Buffer): Promise<void> {
    const admission = await this.#admit(request);
    const target = readUpgradeTarget(request.url ?? '');
    const refusal = this.#refusalOf(admission, target.clientId);
    if (refusal !== null) return this.#accept(request, wire, head, (webSocket) => webSocket.closeFor(refusal));
    const opening = await this.#prepare(request, target, admission as Caller);
    this.#accept(request, wire, head, (webSocket) => {
      new EventSocket(this.#deps, { ...opening, webSocket, wire });
    });
  }

  /** Who calls, or why the socket is to be closed as soon as it is open: browsers see the reason of a close only. */
  async #admit(request: IncomingMessage): Promise<Caller | ProblemCode> {
    try {
      return await this.#deps.admit(request);
    } catch (error) {
      if (error instanceof HubError && 'closeCode' in problemCatalogue[error.code]) return error.code;
      throw error;
    }
  }

  #refusalOf(admission: Caller | ProblemCode, clientId: string): ProblemCode | null {
    if (typeof admission === 'string') return admission;
    try {
      assertMayCall(admission, 'read', clientId);
    } catch (error) {
      if (error instanceof HubError) return error.code;
      throw error;
    }
    return this.#deps.connections.refusal;
  }

  async #prepare(
    { headers }: IncomingMessage,
    { clientId, query }: UpgradeTarget,
    caller: Caller,
  ): Promise<Omit<EventSocketOpening, 'webSocket' | 'wire'>> {
    const options = streamOptions(query, await this.#deps.preferences.read(clientId));
    const arrival = await this.#deps.streaming.arrive(clientId, query.cursor);
    const clientType = guessClientType(query.client_type, headers['user-agent']);
    const deviceId = query.device_id ?? null;
    const peer = { clientId, deviceId, clientType, transport: 'websocket' as const, caller };
    return { id: randomUUIDv7(), peer, arrival, options };
  }

  #accept(request: IncomingMessage, wire: Socket, head: Buffer, open: (webSocket: HubSocket) => void): void {
    this.#webSockets.handleUpgrade(request, wire, head, (webSocket) => {
      webSocket.on('error', () => undefined);
      open(webSocket);
    });
  }
}

/** A browser gives up when none of the protocols that it offers is chosen. */
function chooseProtocol(offered: ReadonlySet<string>): string | false {
  const protocols = [...offered];
  return protocols.find((protocol) => protocol.startsWith(bearerProtocol)) ?? protocols[0] ?? false;
}
