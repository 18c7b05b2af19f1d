import type { Task } from '@leanvibe/protocol/task';
import { TaskExport } from '@leanvibe/protocol/task-transfer';
import { describe, expect, it } from 'vitest';
import { boardTask, exportOf, importTime, openTransfer, parseCsv, restrictive, uuid } from './transfer-fixture.ts';

describe('an import into a board', () => {
  it('[T13] skips what is there when asked to, and links to it', async () => {
    await using board = await openTransfer();
    await board.put(boardTask('w', 1, { title: 'Mine' }));
    const body = [
      { title: 'A', id: uuid(1) },
      { title: 'B', id: uuid(2), depends_on: [uuid(1)] },
    ];
    expect(await board.bring('w', body, 'skip')).toEqual({ imported: 1, skipped: 1 });
    expect(await board.tasks('w')).toMatchObject([{ title: 'Mine' }, { title: 'B', depends_on: [uuid(1)] }]);
    expect(await board.bring('w', body, 'skip')).toEqual({ imported: 0, skipped: 2 });
    expect(await board.store.head('w')).toMatchObject({ seq: 1 });
  });

  it('[T13] lets tasks of the file wait for tasks of the board', async () => {
    await using board = await openTransfer();
    await board.put(boardTask('w', 1));
    await board.bring('w', [{ title: 'B', dependencies: [uuid(1)] }]);
    expect(await board.tasks('w')).toMatchObject([{ title: 'Task 1' }, { title: 'B', depends_on: [uuid(1)] }]);
  });

  it('[T13] brings a deleted task back, with a version that nobody has seen', async () => {
    await using board = await openTransfer();
    const task = boardTask('w', 1, { version: 4 });
    await board.put(task);
    const file: unknown = JSON.parse(await board.take('w'));
    await board.remove(task);
    expect(await board.bring('w', file)).toEqual({ imported: 1, skipped: 0 });
    expect(await board.tasks('w')).toEqual([{ ...task, version: 6 }]);
    expect(await board.store.events('w', 0, 10)).toMatchObject([{ type: 'task_restored' }]);
  });

  it('[E2] gives each task its event, in one write', async () => {
    await using board = await openTransfer();
    const appended: number[] = [];
    board.store.onAppend((_, seq) => appended.push(seq));
    await board.bring('w', { b: { title: 'B', status: 'done' }, a: { title: 'A' } });
    const events = await board.store.events('w', 0, 10);
    expect(
      events.map(({ type, body }) => [type, (JSON.parse(`{${body}}`) as { data: { task: Task } }).data.task.title]),
    ).toEqual([
      ['task_created', 'B'],
      ['task_created', 'A'],
    ]);
    expect(JSON.parse(`{${events[0]!.body}}`)).toMatchObject({
      actor: { kind: 'human', id: 'ada' },
      timestamp: importTime,
    });
    await expect.poll(() => appended).toEqual([2]);
  });

  it('[T13] puts tasks after those of the board when their ranks are taken', async () => {
    await using board = await openTransfer();
    await board.put(boardTask('w', 1, { position: 'a1' }), boardTask('w', 2, { position: 'a5' }));
    await board.bring('w', exportOf([boardTask('v', 3, { position: 'a5' }), boardTask('v', 4, { position: 'a3' })]));
    expect((await board.tasks('w')).map(({ id }) => id)).toEqual([uuid(1), uuid(2), uuid(4), uuid(3)]);
  });

  it('[T13] puts tasks back to their places when those are free', async () => {
    await using board = await openTransfer();
    await board.put(boardTask('w', 1, { position: 'a1' }), boardTask('w', 2, { position: 'a5' }));
    await board.bring('w', exportOf([boardTask('v', 3, { position: 'a3' })]));
    expect((await board.tasks('w')).map(({ id }) => id)).toEqual([uuid(1), uuid(3), uuid(2)]);
  });

  it('[T9] is not refused by limits, and takes the rules of an export along', async () => {
    await using board = await openTransfer();
    const tasks = [1, 2, 3].map((n) => boardTask('v', n, { status: 'in_progress' }));
    await board.bring('w', exportOf(tasks, { board_rules: restrictive }));
    expect(await board.tasks('w')).toHaveLength(3);
    const stored = await board.store.document('w', 'board_rules', '');
    expect(JSON.parse(stored!.doc)).toEqual({ ...restrictive, client_id: 'w' });
    await board.bring('w', [{ title: 'One more', status: 'in_progress' }]);
    expect(await board.tasks('w')).toHaveLength(4);
  });

  it('[T9] leaves the rules of a board with tasks alone, and replaces those of an empty one', async () => {
    await using board = await openTransfer();
    await board.bring('w', exportOf([boardTask('v', 1)], { board_rules: restrictive }));
    const other = { ...restrictive, version: 2, enforce_dependencies: false };
    await board.bring('w', exportOf([boardTask('v', 2)], { board_rules: other }));
    expect(JSON.parse((await board.store.document('w', 'board_rules', ''))!.doc)).toMatchObject({
      enforce_dependencies: true,
    });
    for (const task of await board.tasks('w')) await board.remove(task);
    await board.bring('w', exportOf([boardTask('v', 3)], { board_rules: other }));
    const stored = await board.store.document('w', 'board_rules', '');
    expect(stored!.version).toBe(8);
    expect(JSON.parse(stored!.doc)).toMatchObject({ version: 8, enforce_dependencies: false });
  });

  it('[T13] takes 20,000 tasks at once, and gives them out again', async () => {
    await using board = await openTransfer();
    const tasks = Array.from({ length: 20_000 }, (_, n) => ({
      title: `Task ${n}`,
      id: uuid(n),
      depends_on: n === 0 ? [] : [uuid(n - 1)],
    }));
    expect(await board.bring('w', tasks)).toEqual({ imported: 20_000, skipped: 0 });
    expect((await board.store.head('w')).seq).toBe(20_000);
    const file = TaskExport.parse(JSON.parse(await board.take('w')));
    expect(file.tasks.map(({ title }) => title)).toEqual(tasks.map(({ title }) => title));
    expect(parseCsv(await board.take('w', 'csv'))).toHaveLength(20_001);
  });
});
