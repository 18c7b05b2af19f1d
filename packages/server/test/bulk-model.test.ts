import type { Task } from '@leanvibe/protocol/task';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { openBoard, type TestBoard } from './board-fixture.ts';
import { anyStep, chosen, replay, type Step } from './board-steps.ts';

type Operation = Record<string, unknown>;

/** A step as an operation of a bulk request about these tasks; null: there is none for it. */
function operationOf(step: Step, ids: readonly string[]): Operation | null {
  switch (step.do) {
    case 'create':
      return { op: 'create', title: 'new', status: step.status };
    case 'rename':
      return {
        op: 'update',
        task_id: chosen(ids, step.pick),
        title: step.title,
        depends_on: [chosen(ids, step.pick + 1)],
      };
    case 'move': {
      const place = step.side === null ? {} : { [step.side]: chosen(ids, step.beside) };
      return { op: 'move', task_id: chosen(ids, step.pick), status: step.status, ...place };
    }
    case 'delete':
      return { op: 'delete', task_id: chosen(ids, step.pick) };
    default:
      return null;
  }
}

/** Sends the operations of a bulk request one by one, and gives the status of each. */
async function oneByOne(board: TestBoard, operations: readonly Operation[]): Promise<number[]> {
  const statuses: number[] = [];
  for (const { op, task_id: id, ...body } of operations) {
    const request = {
      create: ['POST', ''],
      update: ['PATCH', `/${id}`],
      move: ['POST', `/${id}/move`],
      delete: ['DELETE', `/${id}`],
    };
    const [method, path] = request[op as keyof typeof request] as [string, string];
    statuses.push((await board.call(method, path, op === 'delete' ? undefined : body)).status);
  }
  return statuses;
}

it('[T7] comes to the same by one bulk request as by its operations one by one', { timeout: 60_000 }, async () => {
  await using server = await openBoard();
  let run = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(anyStep, { minLength: 5, maxLength: 40 }),
      fc.boolean(),
      async (steps, enforce_dependencies) => {
        run += 1;
        const prepare = async (name: string) => {
          const board = server.at(`${name}-${run}`);
          await board.rules({ columns: { testing: { wip_limit: 2 } }, enforce_dependencies });
          const ids: string[] = [];
          for (const title of 'abcdef') ids.push((await board.create({ title })).id);
          const operations = steps.map((each) => operationOf(each, ids)).filter((operation) => operation !== null);
          return { board, operations: operations.length === 0 ? [{ op: 'create', title: 'x' }] : operations };
        };
        const [singly, together] = [await prepare('singly'), await prepare('together')];
        const statuses = await oneByOne(singly.board, singly.operations);
        const reply = await together.board.call('POST', '/bulk', { operations: together.operations });
        const { results } = reply.body as { results: { status: number }[] };
        expect(results.map(({ status }) => status)).toEqual(statuses);
        expect(await together.board.columns()).toEqual(await singly.board.columns());
        const told = async (board: TestBoard) =>
          (await board.log()).map(({ type, data }) => [
            type,
            (data['task'] as Task).title,
            (data['task'] as Task).version,
          ]);
        expect(await told(together.board)).toEqual(await told(singly.board));
        expect(replay(await together.board.log())).toEqual(
          (await together.board.board()).columns.flatMap(({ tasks }) => tasks),
        );
      },
    ),
    { numRuns: 30 },
  );
});
