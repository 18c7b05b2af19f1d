import type { Task, TaskStatus } from '@leanvibe/protocol/task';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { expectRefusal, openBoard, type Reply, type TestBoard } from './board-fixture.ts';
import { BoardOracle } from './board-oracle.ts';
import { anyStep, chosen, replay, type Step } from './board-steps.ts';

/** Does one step to the board and to the oracle, and expects the same of both. */
async function take(board: TestBoard, oracle: BoardOracle, step: Step): Promise<void> {
  const withState = (deleted: boolean) =>
    [...oracle.tasks].filter(([, task]) => task.deleted === deleted).map(([id]) => id);
  switch (step.do) {
    case 'limit':
      if (step.limit === null) delete oracle.limits[step.status];
      else oracle.limits[step.status] = step.limit;
      return board.rules({ columns: { [step.status]: { wip_limit: step.limit } } });
    case 'create': {
      const title = `t${oracle.tasks.size}`;
      const reply = await board.call('POST', '', { title, status: step.status });
      if (isRefusedAsFull(reply, oracle, step.status)) return;
      oracle.create((reply.body as Task).id, title, step.status);
      return;
    }
    case 'restore':
      return restore(board, oracle, chosen(withState(true), step.pick));
    default:
      return change(board, oracle, step, chosen(withState(false), step.pick));
  }
}

function isRefusedAsFull(reply: Reply, oracle: BoardOracle, column: TaskStatus): boolean {
  const isFull = oracle.isFull(column);
  if (isFull) expectRefusal(reply, 409, 'wip-limit-reached');
  else expect(reply.status, reply.text).toBeLessThan(300);
  return isFull;
}

async function restore(board: TestBoard, oracle: BoardOracle, id: string | undefined): Promise<void> {
  if (id === undefined) return;
  const reply = await board.call('POST', `/${id}/restore`);
  const column = oracle.tasks.get(id)!.status;
  if (isRefusedAsFull(reply, oracle, column)) return;
  const { columns } = await board.board();
  oracle.restore(
    id,
    columns.find((one) => one.id === column)!.tasks.findIndex((task) => task.id === id),
  );
}

async function change(
  board: TestBoard,
  oracle: BoardOracle,
  step: Extract<Step, { do: 'rename' | 'move' | 'delete' }>,
  id: string | undefined,
): Promise<void> {
  if (id === undefined) return;
  if (step.do === 'rename') {
    expect((await board.call('PATCH', `/${id}`, { title: step.title })).status).toBe(200);
    oracle.rename(id, step.title);
  } else if (step.do === 'delete') {
    expect((await board.call('DELETE', `/${id}`)).status).toBe(204);
    oracle.delete(id);
  } else {
    const others = oracle.columns[step.status].filter((other) => other !== id);
    const neighbour = step.side === null ? undefined : chosen(others, step.beside);
    const beside = neighbour === undefined || step.side === null ? undefined : { side: step.side, id: neighbour };
    const place = beside ? { [beside.side]: beside.id } : {};
    const reply = await board.call('POST', `/${id}/move`, { status: step.status, ...place });
    if (oracle.tasks.get(id)!.status !== step.status && isRefusedAsFull(reply, oracle, step.status)) return;
    expect(reply.status, reply.text).toBe(200);
    oracle.move(id, step.status, beside);
  }
}

it('[T6] is what a plain model says, whatever happens to it', { timeout: 60_000 }, async () => {
  await using server = await openBoard();
  let run = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(anyStep, { minLength: 5, maxLength: 40 }), async (steps) => {
      const board = server.at(`model-${(run += 1)}`);
      const oracle = new BoardOracle();
      for (const each of steps) await take(board, oracle, each);
      const seen = await board.board();
      const line = (task: Task) => `${task.title} v${task.version}`;
      expect(Object.fromEntries(seen.columns.map(({ id, tasks }) => [id, tasks.map(line)]))).toEqual(oracle.view());
      expect(seen.total_tasks).toBe([...oracle.tasks.values()].filter(({ deleted }) => !deleted).length);
      expect(replay(await board.log())).toEqual(seen.columns.flatMap(({ tasks }) => tasks));
      expect((await board.call('GET', '?limit=1000')).body).toEqual(seen.columns.flatMap(({ tasks }) => tasks));
    }),
    { numRuns: 40 },
  );
});

it('[C4] holds together when everything happens at once', { timeout: 60_000 }, async () => {
  await using server = await openBoard();
  let run = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(anyStep, { minLength: 40, maxLength: 120 }), async (steps) => {
      const board = server.at(`storm-${(run += 1)}`);
      await board.rules({ columns: { in_progress: { wip_limit: 2 }, testing: { wip_limit: 1 } } });
      const first = await Promise.all(Array.from({ length: 6 }, (_, n) => board.create({ title: `t${n}` })));
      const replies = await Promise.all(
        steps.map((each) =>
          attempt(
            board,
            first.map(({ id }) => id),
            each,
          ),
        ),
      );
      for (const reply of replies) {
        expect([200, 201, 204, 400, 404, 409], reply?.text).toContain(reply?.status ?? 200);
        expect(reply?.text ?? '').not.toContain('write-contention');
      }
      await expectSound(board);
    }),
    { numRuns: 15 },
  );
});

/** Tries a step without knowing what others do to the board meanwhile. */
async function attempt(board: TestBoard, ids: readonly string[], step: Step): Promise<Reply | undefined> {
  switch (step.do) {
    case 'create':
      return board.call('POST', '', { title: 'new', status: step.status });
    case 'rename':
      return board.call('PATCH', `/${chosen(ids, step.pick)}`, { title: step.title, status: 'todo' });
    case 'move': {
      const place = step.side === null ? {} : { [step.side]: chosen(ids, step.beside) };
      return board.call('POST', `/${chosen(ids, step.pick)}/move`, { status: step.status, ...place });
    }
    case 'delete':
      return board.call('DELETE', `/${chosen(ids, step.pick)}`);
    case 'restore':
      return board.call('POST', `/${chosen(ids, step.pick)}/restore`);
    case 'limit':
      return undefined;
  }
}

/** Expects that the log tells the board, change by change, and that no limit was ever exceeded. */
async function expectSound(board: TestBoard): Promise<void> {
  const events = await board.log();
  const { columns } = await board.board();
  expect(replay(events)).toEqual(columns.flatMap(({ tasks }) => tasks));
  const versions = new Map<string, number>();
  events.forEach(({ seq, type, data }, index) => {
    expect(seq).toBe(index + 1);
    const task = data['task'] as Task;
    const expected = type === 'task_completed' ? versions.get(task.id) : (versions.get(task.id) ?? 0) + 1;
    expect(task.version).toBe(expected);
    versions.set(task.id, task.version);
    const standing = replay(events.slice(0, index + 1));
    expect(standing.filter((one) => one.status === 'in_progress').length).toBeLessThanOrEqual(2);
    expect(standing.filter((one) => one.status === 'testing').length).toBeLessThanOrEqual(1);
  });
}
