import type { StoredAnswer } from '../database/store.ts';
import type { RequestContext } from '../http/route-binding.ts';
import type { TaskWriteContext } from './task-service.ts';

/**
 * Carries out a change and answers with what it comes to. The answer is made before the change is committed, so that it can be
 * stored with it and given again to a request that is repeated.
 */
export async function answerWrite<Result>(
  { actor, ifMatch, receipt }: RequestContext,
  answerOf: (result: Result) => StoredAnswer,
  change: (context: TaskWriteContext<Result>) => Promise<Result>,
): Promise<StoredAnswer> {
  return answerOf(await change({ actor, ifMatch, receiptOf: (result) => receipt(answerOf(result)) }));
}
