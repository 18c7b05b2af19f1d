import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import { HubError } from '../hub-error.ts';
import { refuseConnection } from './raw-problem.ts';
import { requestIdOf } from './request-id.ts';

/** Limits on how requests arrive and answers leave, in milliseconds; a test makes them short. */
export type ConnectionLimits = {
  /** For the head of a request. */
  headersTimeoutMs: number;
  /** For the body of a request, unless the route takes large ones. */
  bodyTimeoutMs: number;
  /** For a whole request, large bodies included: 64 MiB arrive at 220 KiB/s. */
  requestTimeoutMs: number;
  /** How often these are looked at. */
  checkEveryMs: number;
  /** How long an idle connection is kept. */
  keepAliveTimeoutMs: number;
  /** How long nothing may move on a connection while a request or its answer is under way; streams and long polls speak more often. */
  stallTimeoutMs: number;
};

export const connectionLimits: ConnectionLimits = {
  headersTimeoutMs: 10_000,
  bodyTimeoutMs: 30_000,
  requestTimeoutMs: 300_000,
  checkEveryMs: 1000,
  keepAliveTimeoutMs: 5000,
  stallTimeoutMs: 120_000,
};

const largestHead = 16_384;
/** 10,000 sockets and streams, and room for requests beside them. */
const mostConnections = 12_000;

/** Whether a request asks for a WebSocket where there is one; every other upgrade is answered as if it had not been asked for. */
export const asksForSocket = ({ method, url, headers }: IncomingMessage): boolean =>
  method === 'GET' && headers.upgrade?.toLowerCase() === 'websocket' && url?.startsWith('/ws/') === true;

/** Node's server with limits. Its own default for looking at them (30 s) would leave slow bodies open for as long. */
export function createNodeServer(listener: RequestListener, limits: ConnectionLimits): Server {
  const server: Server = createServer(
    {
      maxHeaderSize: largestHead,
      headersTimeout: limits.headersTimeoutMs,
      requestTimeout: limits.requestTimeoutMs,
      connectionsCheckingInterval: limits.checkEveryMs,
      keepAliveTimeout: limits.keepAliveTimeoutMs,
      // A request without Host is refused by our own check, with a problem that says so.
      requireHostHeader: false,
      noDelay: true,
      shouldUpgradeCallback: (request): boolean => server.listenerCount('upgrade') > 0 && asksForSocket(request),
    },
    listener,
  );
  server.maxConnections = mostConnections;
  // Node would answer other expectations than 100-continue by itself, before our checks and with no problem. They may be ignored.
  server.on('checkExpectation', listener);
  server.on('connect', (request, socket) => {
    refuseConnection(socket, new HubError('malformed-request', 'This server is no proxy.'), requestIdOf(request));
  });
  server.timeout = limits.stallTimeoutMs;
  return server;
}
