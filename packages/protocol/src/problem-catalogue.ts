/** One kind of refusal: what HTTP answers, what people read, and how a WebSocket is closed for it (where it is). */
export type ProblemRow = { status: number; title: string; description: string; closeCode?: number };

/**
 * Every problem that the server can answer with, by its stable code. HTTP answers, WebSocket error frames and close reasons, and
 * the messages of the command line all come from these rows.
 */
export const problemCatalogue = {
  'validation-failed': {
    status: 400,
    title: 'The request is not valid',
    description:
      'A member of the body, the query, the path or a header is missing, unknown or has a value that is not allowed; `errors` names each.',
  },
  'malformed-json': {
    status: 400,
    title: 'The body is not valid JSON',
    description:
      'The body could not be read as JSON, is nested too deeply, or has a member that would change an object prototype.',
  },
  'malformed-request': {
    status: 400,
    title: 'The request could not be read',
    description: 'The request line, a header or the encoding of the path breaks HTTP.',
  },
  'cursor-invalid': {
    status: 400,
    title: 'The cursor is not one of this workspace',
    description:
      'The cursor was not made by this workspace, is ahead of it, or is from before a backup was restored. Read the board and go on from its cursor.',
  },
  'import-refused': {
    status: 400,
    title: 'The file cannot be imported',
    description:
      'A task of the file is not valid; nothing was imported. `errors` names the task and what is wrong with it.',
  },
  unauthorized: {
    status: 401,
    title: 'A token is required',
    description: 'The request has no token, or one that is unknown, expired or revoked.',
    closeCode: 4001,
  },
  forbidden: {
    status: 403,
    title: 'The token does not allow this',
    description: 'The token is for another workspace, may only read, or belongs to an agent where a human is needed.',
    closeCode: 4003,
  },
  'host-not-allowed': {
    status: 403,
    title: 'The Host is not this server',
    description:
      'A server bound to loopback serves only requests whose Host is a loopback name. This stops DNS rebinding.',
  },
  'origin-not-allowed': {
    status: 403,
    title: 'The Origin is not this server',
    description: 'A page of another origin may not call this server.',
  },
  'not-found': { status: 404, title: 'There is nothing here', description: 'No route has this path.' },
  'task-not-found': {
    status: 404,
    title: 'There is no such task',
    description: 'The workspace has no task with this id, or it is deleted.',
  },
  'token-not-found': { status: 404, title: 'There is no such token', description: 'No token has this id.' },
  'method-not-allowed': {
    status: 405,
    title: 'The method is not allowed here',
    description: '`Allow` names the methods of this path.',
  },
  'request-timeout': {
    status: 408,
    title: 'The request took too long to arrive',
    description: 'The headers or the body did not arrive in time.',
  },
  'wip-limit-reached': {
    status: 409,
    title: 'The column is full',
    description: 'The column has as many tasks as its limit allows.',
  },
  'approval-required': {
    status: 409,
    title: 'The task must be approved first',
    description: 'This board lets only approved tasks enter done.',
  },
  'transition-not-allowed': {
    status: 409,
    title: 'The board does not allow this move',
    description: 'The rules of the column the task stands in do not name the target column.',
  },
  'blocked-by-dependency': {
    status: 409,
    title: 'The task waits for others',
    description: 'A task it depends on is not done; `blocked_by` names them.',
  },
  'dependency-cycle': {
    status: 409,
    title: 'The dependency would close a circle',
    description: 'A task cannot wait, even indirectly, for itself.',
  },
  'approval-conflict': {
    status: 409,
    title: 'The approval is not open',
    description:
      'The task has no pending approval, or it was decided already, or one is pending where none may be; `approval` is the present state.',
  },
  'task-not-deleted': {
    status: 409,
    title: 'The task is not deleted',
    description: 'Only a deleted task can be restored.',
  },
  'task-exists': {
    status: 409,
    title: 'A task with this id exists',
    description: 'An imported task has the id of a task that is there already.',
  },
  'idempotency-conflict': {
    status: 409,
    title: 'The idempotency key was used for another request',
    description: 'The same `Idempotency-Key` came with another body or path within 24 hours.',
  },
  'write-contention': {
    status: 409,
    title: 'Too many writers at once',
    description: 'The entity changed during every attempt to change it. Try again.',
  },
  'cursor-expired': {
    status: 410,
    title: 'The events after this cursor are gone',
    description: 'The events were removed by retention. Read the board and go on from its cursor.',
  },
  'version-conflict': {
    status: 412,
    title: 'The entity has changed',
    description: '`If-Match` names another version than the present one; `current` is the entity as it is.',
  },
  'payload-too-large': {
    status: 413,
    title: 'The body is too large',
    description: 'A body may have 1 MiB (an import 64 MiB).',
  },
  'uri-too-long': { status: 414, title: 'The address is too long', description: 'A path and query may have 8 KiB.' },
  'unsupported-media-type': {
    status: 415,
    title: 'The body must be JSON',
    description: 'Send `Content-Type: application/json`.',
  },
  'failed-dependency': {
    status: 424,
    title: 'Another operation of the request failed',
    description: 'The request was atomic; nothing of it was done.',
  },
  'upgrade-required': {
    status: 426,
    title: 'This address speaks WebSocket',
    description: 'The request did not ask for an upgrade. Connect with a WebSocket client.',
  },
  'rate-limited': {
    status: 429,
    title: 'Too many requests',
    description:
      '`Retry-After` says in how many seconds to try again. A socket may send 200 frames a second; one that goes on beyond that is closed.',
    closeCode: 1008,
  },
  'headers-too-large': {
    status: 431,
    title: 'The headers are too large',
    description: 'The headers of a request may have 16 KiB together.',
  },
  'internal-error': {
    status: 500,
    title: 'Something went wrong here',
    description: 'An unexpected error. It is in the log under the `request_id`.',
  },
  'feature-unavailable': {
    status: 501,
    title: 'This server does not offer that',
    description: 'The request is known, but the part that answers it is not installed.',
  },
  'storage-unavailable': {
    status: 503,
    title: 'The change could not be stored',
    description: 'The storage failed. Nothing of the change was kept.',
  },
  'storage-full': {
    status: 503,
    title: 'The disk is full',
    description: 'Nothing can be written until space is free; reading goes on.',
  },
  'too-many-connections': {
    status: 503,
    title: 'Too many sockets are open',
    description: 'The server has as many sockets as it allows.',
    closeCode: 1013,
  },
  'shutting-down': {
    status: 503,
    title: 'The server is stopping',
    description: 'Connect again in a moment.',
    closeCode: 1001,
  },
  'server-restart': {
    status: 503,
    title: 'The server is restarting',
    description: 'Connect again in a moment.',
    closeCode: 1012,
  },
  'slow-consumer': {
    status: 503,
    title: 'The reader made no progress',
    description: 'Nothing was read from the socket for 60 seconds. Resume from the last cursor.',
    closeCode: 4008,
  },
  'heartbeat-timeout': {
    status: 408,
    title: 'The socket did not answer',
    description: 'No pong came for 60 seconds.',
    closeCode: 1001,
  },
  'frame-too-large': {
    status: 413,
    title: 'The frame is too large',
    description: 'A frame may have 256 KiB.',
    closeCode: 1009,
  },
  'binary-frame': {
    status: 400,
    title: 'Frames must be text',
    description: 'The socket speaks JSON in text frames.',
    closeCode: 1003,
  },
  'malformed-frame': {
    status: 400,
    title: 'The frame is not valid JSON',
    description: 'The frame could not be read as a JSON object.',
  },
  'protocol-error': {
    status: 400,
    title: 'The bytes are not frames',
    description: 'What was sent breaks RFC 6455, or a text is not UTF-8, or is cut into too many pieces.',
    closeCode: 1002,
  },
  'unknown-frame': {
    status: 400,
    title: 'The frame has an unknown type',
    description: '`type` is not one that clients send.',
  },
} as const satisfies Record<string, ProblemRow>;

/** The stable name of a problem. */
export type ProblemCode = keyof typeof problemCatalogue;

/** The stable URI of a problem, as `type` in an answer. */
export const problemType = (code: ProblemCode): string => `urn:leanvibe:problem:${code}`;
