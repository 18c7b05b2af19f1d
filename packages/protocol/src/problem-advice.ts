import type { ProblemCode } from './problem-catalogue.ts';

/** What whoever meets a problem can do about it. */
export const problemAdvice: Readonly<Record<ProblemCode, string>> = {
  'validation-failed': 'Mend what `errors` names; `path` says where it stands. Sending the same again will not help.',
  'malformed-json': 'Send one JSON value in UTF-8, nested at most 64 deep, without members named `__proto__`.',
  'malformed-request': 'Encode the path with percent signs, and send headers that HTTP allows.',
  'cursor-invalid':
    'Forget the cursor. Read `GET /tasks/{client_id}/board`, show that, and go on from its `cursor`. For a list, begin at its first page.',
  'import-refused': 'Mend or remove the tasks that `errors` names and import the file again; nothing was imported.',
  unauthorized:
    'Send `Authorization: Bearer <token>`. `leanvibe token create` makes a token; the first one is printed when the server starts.',
  forbidden:
    'Use a token for this workspace with the role that is needed. Approving and rejecting needs a human or a device.',
  'host-not-allowed': 'Address the server as `localhost`, `127.0.0.1` or `[::1]` with its own port.',
  'origin-not-allowed': 'Call the server from its own pages, or from a program that is not a browser.',
  'not-found': 'Compare the path with `/docs`.',
  'task-not-found': 'Read the list again. A task that was deleted less than 30 days ago can be restored.',
  'token-not-found': 'List the tokens; it may have been removed.',
  'method-not-allowed': 'Use one of the methods that `Allow` names.',
  'request-timeout': 'Send the request again, without pauses.',
  'wip-limit-reached': 'Finish or move another task of the column first, or raise its limit in the rules of the board.',
  'approval-required': 'Ask for approval with `POST …/approval`, and move the task when it is approved.',
  'transition-not-allowed': 'Move the task through a column that the rules allow, or change `allowed_transitions`.',
  'blocked-by-dependency': 'Finish the tasks that `blocked_by` names, or remove them from `depends_on`.',
  'dependency-cycle': 'Leave out of `depends_on` what already waits for this task.',
  'approval-conflict': 'Read the task: `approval` shows whether someone else has decided, or what is pending.',
  'task-not-deleted': 'Nothing is to be done; the task is on the board.',
  'task-exists': 'Import with `on_conflict=skip` to keep what is there, or leave the task out of the file.',
  'idempotency-conflict': 'Make a new key for each new request; keep a key only for repeating the very same one.',
  'write-contention': 'Wait a moment and send the request again.',
  'cursor-expired':
    'Read `GET /tasks/{client_id}/board`, show that, and go on from its `cursor`. The events in between are gone, their outcome is not.',
  'version-conflict':
    'Look at `current`, decide again on what it says, and send the change with its version in `If-Match`.',
  'payload-too-large': 'Send less at once: several requests, or `import` for a whole board.',
  'uri-too-long': 'Name fewer filters, or ask in several requests.',
  'unsupported-media-type': 'Set `Content-Type: application/json` and send JSON.',
  'failed-dependency': 'Mend the operation whose own `error` says what is wrong, and send all of them again.',
  'upgrade-required': 'Connect with `ws://` and a WebSocket client; for plain HTTP there is `GET /events/{client_id}`.',
  'rate-limited': 'Wait as long as `Retry-After` says. The `RateLimit` headers tell how much is left.',
  'headers-too-large': 'Send fewer or smaller headers; often a pile of cookies is to blame.',
  'internal-error': 'Report it with the `request_id`; the log of the server has the cause under it.',
  'feature-unavailable': 'Start the server with the part that is missing, or do without.',
  'storage-unavailable':
    'Wait as long as `Retry-After` says and send the request again; nothing of it was kept. If it stays, look at `/health` and the log.',
  'storage-full': 'Free space on the disk of the data folder. The server goes on writing by itself.',
  'too-many-connections': 'Close connections that are not needed, or wait; `GET /connections` lists them.',
  'shutting-down': 'Connect again after a moment and resume from the last cursor.',
  'server-restart': 'Connect again after a moment and resume from the last cursor.',
  'slow-consumer':
    'Read faster, ask for fewer channels or use `batch_ms`. Connect again with the last cursor: nothing is lost.',
  'heartbeat-timeout': 'Connect again with the last cursor. Answer pings; most WebSocket clients do so by themselves.',
  'frame-too-large': 'Send smaller frames; large content belongs into an HTTP request.',
  'binary-frame': 'Send JSON in text frames.',
  'malformed-frame': 'Send one JSON object with a `type` in each frame.',
  'protocol-error': 'Use a WebSocket library; send texts whole and in UTF-8.',
  'unknown-frame': 'Compare the `type` with `/asyncapi.json`.',
};
