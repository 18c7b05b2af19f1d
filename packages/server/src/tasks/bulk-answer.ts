import type { StoredAnswer } from '../database/store.ts';
import { jsonTextAnswer } from '../http/answer.ts';
import { problemText } from '../http/problem-response.ts';
import type { BulkKind } from './bulk-operation.ts';
import type { BulkOutcome } from './decide-bulk.ts';

const doneStatus: Record<BulkKind, number> = { create: 201, update: 200, move: 200, delete: 204 };

/** Answers a bulk request with a result for each operation, joined from the texts of the tasks. */
export function bulkAnswer(outcomes: readonly BulkOutcome[], requestId: string): StoredAnswer {
  const failed = outcomes.filter(({ refusal }) => refusal !== null).length;
  const results = outcomes.map((outcome, index) => resultText(outcome, index, requestId)).join(',');
  const counts = `"succeeded":${outcomes.length - failed},"failed":${failed}`;
  return jsonTextAnswer(200, `{"results":[${results}],${counts}}`);
}

function resultText(outcome: BulkOutcome, index: number, requestId: string): string {
  const { kind, id, refusal } = outcome;
  const status = refusal === null ? doneStatus[kind] : refusal.status;
  const head = `"index":${index},"op":"${kind}","status":${status},"task_id":${JSON.stringify(id)}`;
  return refusal === null
    ? `{${head},"task":${outcome.text},"error":null}`
    : `{${head},"task":null,"error":${problemText(refusal, requestId)}}`;
}
