import { problemCatalogue, type ProblemCode } from '@leanvibe/protocol/problem-catalogue';
import { HubError } from '../hub-error.ts';

const codesOfFastify: Readonly<Record<string, ProblemCode>> = {
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'unsupported-media-type',
  FST_ERR_CTP_EMPTY_TYPE: 'unsupported-media-type',
  FST_ERR_CTP_INVALID_TYPE: 'unsupported-media-type',
  FST_ERR_CTP_BODY_TOO_LARGE: 'payload-too-large',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'malformed-request',
  FST_ERR_CTP_INVALID_JSON_BODY: 'malformed-json',
  FST_ERR_BAD_URL: 'malformed-request',
  FST_ERR_MAX_PARAM_LENGTH: 'uri-too-long',
};

const codesOfNode: Readonly<Record<string, ProblemCode>> = {
  HPE_HEADER_OVERFLOW: 'headers-too-large',
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 'payload-too-large',
  ERR_HTTP_REQUEST_TIMEOUT: 'request-timeout',
};

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';

/** What went wrong with a request as a problem. The text of an error that nobody expected stays inside, as the cause. */
export function requestError(error: unknown): HubError {
  if (error instanceof HubError) return error;
  const code = codesOfFastify[codeOf(error)];
  if (code !== undefined) return new HubError(code, problemCatalogue[code].description, { cause: error });
  // The connection broke while the body arrived; hardly anyone is left to read the answer.
  if (error instanceof Error && 'statusCode' in error && error.statusCode === 400) {
    return new HubError('malformed-request', 'The body did not arrive whole.', { cause: error });
  }
  return new HubError('internal-error', undefined, { cause: error });
}

const longestTarget = 8192;

/** Whether it is the first line that does not end, which is then the address; `received` is what came last on the connection. */
const isTargetTooLong = (received: Buffer | undefined): boolean => {
  if (received === undefined || !/^[A-Z]+ /.test(received.toString('latin1', 0, 16))) return false;
  const end = received.indexOf(0x0a);
  return end === -1 || end > longestTarget;
};

/** What broke on the connection, before or beside any request that a route could answer. */
export function connectionError(error: Error & { rawPacket?: Buffer }): HubError {
  const code = codesOfNode[codeOf(error)] ?? 'malformed-request';
  return new HubError(
    code === 'headers-too-large' && isTargetTooLong(error.rawPacket) ? 'uri-too-long' : code,
    undefined,
    { cause: error },
  );
}

/** Refuses an address that is longer than 8 KiB. */
export function assertTargetLength(target: string): void {
  if (target.length > longestTarget) throw new HubError('uri-too-long');
}
