import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { problemCatalogue, problemType } from '@leanvibe/protocol/problem-catalogue';
import type { ProblemDetails } from '@leanvibe/protocol/problem';
import type { HubError } from '../hub-error.ts';

/** Answers a handshake with a problem instead of a socket. */
export function refuseUpgrade(wire: Duplex, error: HubError, requestId: string): void {
  const { status, title } = problemCatalogue[error.code];
  const problem: ProblemDetails = {
    type: problemType(error.code),
    title,
    status,
    detail: error.message,
    code: error.code,
    instance: `urn:uuid:${requestId}`,
    request_id: requestId,
    ...error.extensions,
  };
  const body = JSON.stringify(problem);
  const headers = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'Connection: close',
    'Content-Type: application/problem+json; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
    `X-Request-Id: ${requestId}`,
    'X-Content-Type-Options: nosniff',
    'Cache-Control: no-store',
    ...(status === 503 || status === 429 ? ['Retry-After: 1'] : []),
  ];
  wire.once('finish', () => wire.destroy());
  wire.end(`${headers.join('\r\n')}\r\n\r\n${body}`);
}
