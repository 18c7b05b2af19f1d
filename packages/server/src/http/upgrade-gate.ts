import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { parse as parseQuery } from 'node:querystring';
import { eventRoutes } from '@leanvibe/protocol/event-routes';
import type { RouteInput } from '@leanvibe/protocol/route';
import type { AccessService } from '../access/access-service.ts';
import { assertMayCall, type Caller } from '../access/caller.ts';
import { HubError } from '../hub-error.ts';
import { refuseConnection } from './raw-problem.ts';
import { assertTargetLength, requestError } from './request-error.ts';
import { requestIdOf } from './request-id.ts';
import { readInput } from './request-input.ts';

type SocketInput = RouteInput<typeof eventRoutes.openSocket>;

/** A WebSocket that asks to be opened. */
export type Upgrade = {
  request: IncomingMessage;
  socket: Duplex;
  head: Buffer;
  requestId: string;
  input: SocketInput;
  /**
   * Who asks; or why not: browsers show a page nothing of a refused handshake, so a socket that lacks a token is opened and closed at
   * once with the close code of this problem (4001, 4003).
   */
  caller: Caller | HubError;
  /** Refuses the handshake with a problem as an HTTP answer. */
  refuse: (error: HubError) => void;
};

const decodeSegment = (segment: string): string => {
  try {
    return decodeURIComponent(segment);
  } catch (error) {
    throw new HubError('malformed-request', 'The encoding of the path is not valid.', { cause: error });
  }
};

const readUpgradeInput = (target: string): SocketInput => {
  const [path = '', query = ''] = target.split(/\?(.*)/s, 2);
  const [, , clientId = '', ...rest] = path.replace(/\/$/, '').split('/');
  if (rest.length > 0) throw new HubError('not-found');
  return readInput(eventRoutes.openSocket, {
    params: { client_id: decodeSegment(clientId) },
    query: parseQuery(query),
    body: undefined,
  });
};

const admit = (access: AccessService, request: IncomingMessage, clientId: string): Caller | HubError => {
  try {
    const caller = access.callerOf(request);
    assertMayCall(caller, eventRoutes.openSocket.access, clientId);
    return caller;
  } catch (error) {
    if (error instanceof HubError && (error.code === 'unauthorized' || error.code === 'forbidden')) return error;
    throw error;
  }
};

/** Passes on each handshake for `/ws/{client_id}` that comes from where it may, with what it asks for; others are refused. */
export function serveUpgrades(
  { server, access }: { server: Server; access: AccessService },
  listener: (upgrade: Upgrade) => void,
): void {
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const requestId = requestIdOf(request);
    const refuse = (error: HubError): void => refuseConnection(socket, error, requestId);
    try {
      access.assertSource(request);
      assertTargetLength(request.url ?? '');
      const input = readUpgradeInput(request.url ?? '');
      const caller = admit(access, request, input.params.client_id);
      listener({ request, socket, head, requestId, input, caller, refuse });
    } catch (error) {
      refuse(requestError(error));
    }
  });
}
