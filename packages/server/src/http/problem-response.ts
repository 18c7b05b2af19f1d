import { problemCatalogue, problemType, type ProblemCode } from '@leanvibe/protocol/problem-catalogue';
import type { HubError } from '../hub-error.ts';

export const problemMediaType = 'application/problem+json; charset=utf-8';

/** When a caller may try again, in seconds, for what passes by itself. */
const retryAfterSeconds: Partial<Record<ProblemCode, number>> = {
  'storage-unavailable': 2,
  'storage-full': 30,
  'too-many-connections': 5,
  'shutting-down': 2,
  'server-restart': 2,
};

/** An error as RFC 9457 problem details. `instance` names this occurrence by its request. */
export const problemText = ({ code, message, extensions }: HubError, requestId: string): string => {
  const { status, title } = problemCatalogue[code];
  return JSON.stringify({
    type: problemType(code),
    title,
    status,
    detail: message,
    code,
    instance: `urn:leanvibe:request:${requestId}`,
    request_id: requestId,
    ...extensions,
  });
};

/** The headers that an answer with this problem has beside those of every answer. */
export const problemHeaders = ({ code, status }: HubError): Record<string, string> => {
  const headers: Record<string, string> = { 'content-type': problemMediaType, 'cache-control': 'no-store' };
  if (status === 401) headers['www-authenticate'] = 'Bearer realm="LeanVibe"';
  const seconds = retryAfterSeconds[code];
  if (seconds !== undefined) headers['retry-after'] = String(seconds);
  return headers;
};
