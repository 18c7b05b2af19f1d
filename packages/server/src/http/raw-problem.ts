import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import type { HubError } from '../hub-error.ts';
import { problemHeaders, problemText } from './problem-response.ts';
import { securityHeaders } from './security-headers.ts';

const closeAfterMs = 2000;

/** A whole HTTP answer with this problem, for a connection that is closed after it. */
export const rawProblem = (error: HubError, requestId: string): string => {
  const body = problemText(error, requestId);
  const headers: Record<string, string> = {
    ...securityHeaders,
    ...problemHeaders(error),
    'x-request-id': requestId,
    'content-length': String(Buffer.byteLength(body)),
    connection: 'close',
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return `HTTP/1.1 ${error.status} ${STATUS_CODES[error.status] ?? ''}\r\n${lines.join('')}\r\n${body}`;
};

/**
 * Answers with a problem on a bare connection and closes it. What still arrives is read and dropped for a moment: closing over unread
 * bytes resets the connection, and the caller would never see why.
 */
export function refuseConnection(socket: Duplex, error: HubError, requestId: string): void {
  socket.on('error', () => socket.destroy());
  if (!socket.writable) {
    socket.destroy();
    return;
  }
  const timer = setTimeout(() => socket.destroy(), closeAfterMs).unref();
  socket.once('close', () => clearTimeout(timer));
  socket.removeAllListeners('data');
  socket.resume();
  socket.end(rawProblem(error, requestId));
}
