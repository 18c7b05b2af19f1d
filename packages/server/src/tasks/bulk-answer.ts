import { problemCatalogue, problemType } from '@leanvibe/protocol/problem-catalogue';
import type { StoredAnswer } from '../database/store.ts';
import type { HubError } from '../hub-error.ts';
import type { BulkKind } from './bulk-operation.ts';
import type { BulkOutcome } from './decide-bulk.ts';

/** Where the request was sent and what it is called, for the problems in its results. */
export type BulkRequestName = { instance: string; requestId: string };

const doneStatus: Record<BulkKind, number> = { create: 201, update: 200, move: 200, delete: 204 };

/** Answers a bulk request with a result for each operation, joined from the texts of the tasks. */
export function bulkAnswer(outcomes: readonly BulkOutcome[], name: BulkRequestName): StoredAnswer {
  const failed = outcomes.filter(({ refusal }) => refusal !== null).length;
  const results = outcomes.map((outcome, index) => resultText(outcome, index, name)).join(',');
  const counts = `"succeeded":${outcomes.length - failed},"failed":${failed}`;
  return { status: 200, headers: {}, body: `{"results":[${results}],${counts}}` };
}

function resultText(outcome: BulkOutcome, index: number, name: BulkRequestName): string {
  const { kind, id, refusal } = outcome;
  const status = refusal === null ? doneStatus[kind] : refusal.status;
  const head = `"index":${index},"op":"${kind}","status":${status},"task_id":${JSON.stringify(id)}`;
  return refusal === null
    ? `{${head},"task":${outcome.text},"error":null}`
    : `{${head},"task":null,"error":${JSON.stringify(problemOf(refusal, name))}}`;
}

const problemOf = ({ code, status, message, extensions }: HubError, { instance, requestId }: BulkRequestName) => ({
  type: problemType(code),
  title: problemCatalogue[code].title,
  status,
  detail: message,
  code,
  instance,
  request_id: requestId,
  ...extensions,
});
