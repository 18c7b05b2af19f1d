import type { Task } from '@leanvibe/protocol/task';
import { TaskExport } from '@leanvibe/protocol/task-transfer';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scanBoards } from '../src/database/board-scan.ts';
import { openReadConnection } from '../src/database/sqlite-connection.ts';
import { csvColumns, harmlessCell, joinList } from '../src/tasks/task-csv.ts';
import { mirrorText } from '../src/tasks/task-mirror-text.ts';
import { arbitraryBoard } from './arbitrary-board.ts';
import { boardTask, importTime, openTransfer, parseCsv, uuid } from './transfer-fixture.ts';

describe('round trip', () => {
  it('[T13] brings any board into another workspace as it was, through JSON', async () => {
    await using board = await openTransfer();
    let run = 0;
    await fc.assert(
      fc.asyncProperty(arbitraryBoard, async ({ tasks, rules }) => {
        const [from, to] = [`from-${(run += 1)}`, `to-${run}`];
        await board.put(...tasks.map((task) => ({ ...task, client_id: from })));
        const document = { kind: 'board_rules', key: '', expectedVersion: 0, version: rules.version } as const;
        await board.store.commit({
          clientId: from,
          documents: [{ ...document, doc: JSON.stringify({ ...rules, client_id: from }) }],
        });
        const text = await board.take(from);
        TaskExport.parse(JSON.parse(text));
        expect(await board.bring(to, JSON.parse(text))).toEqual({ imported: tasks.length, skipped: 0 });
        expect((await board.take(to)).replaceAll(`"client_id":"${to}"`, `"client_id":"${from}"`)).toBe(text);
      }),
      { numRuns: 60 },
    );
  });

  it('[T13] tells every column of any board in CSV', async () => {
    await using board = await openTransfer();
    let run = 0;
    await fc.assert(
      fc.asyncProperty(arbitraryBoard, async ({ tasks }) => {
        const clientId = `board-${(run += 1)}`;
        await board.put(...tasks.map((task) => ({ ...task, client_id: clientId })));
        const [header, ...rows] = parseCsv(await board.take(clientId, 'csv'));
        expect(header).toEqual(csvColumns);
        const wanted = (await board.tasks(clientId)).map((task) => csvColumns.map((column) => cellText(task[column])));
        expect(rows).toEqual(wanted);
      }),
      { numRuns: 60 },
    );
  });

  const cellText = (value: Task[keyof Task]): string => {
    if (value === null) return '';
    const text = Array.isArray(value) ? joinList(value) : typeof value === 'object' ? JSON.stringify(value) : value;
    return String(harmlessCell(text));
  };

  it('[T13] exports a board that nobody has written to', async () => {
    await using board = await openTransfer();
    const file = TaskExport.parse(JSON.parse(await board.take('new')));
    expect(file).toMatchObject({
      client_id: 'new',
      exported_at: importTime,
      tasks: [],
      board_rules: { version: 1, updated_at: null },
    });
    expect(await board.take('new', 'csv')).toBe(`${csvColumns.join(',')}\r\n`);
    expect(await board.store.workspaces()).toEqual([]);
  });

  it('[T13] brings back a board whose tasks wait for a deleted one', async () => {
    await using board = await openTransfer();
    const gone = boardTask('w', 1);
    await board.put(gone, boardTask('w', 2, { depends_on: [gone.id] }));
    await board.remove(gone);
    expect(await board.bring('v', JSON.parse(await board.take('w')))).toEqual({ imported: 1, skipped: 0 });
    expect(await board.tasks('v')).toMatchObject([{ id: uuid(2), depends_on: [gone.id] }]);
  });

  it('[T13] reads a mirror of several workspaces, with tasks of the same id', async () => {
    await using board = await openTransfer();
    await board.put(boardTask('a', 1), boardTask('a', 2, { depends_on: [uuid(1)], description: '', version: 4 }));
    await board.put(boardTask('b', 1, { title: 'Other' }), boardTask('b', 3, { depends_on: [uuid(1)] }));
    const database = openReadConnection(board.file);
    const mirror: unknown = JSON.parse([...mirrorText(scanBoards(database))].join(''));
    database.close();
    await board.bring('all', mirror);
    const tasks = await board.tasks('all');
    const byTitle = new Map(tasks.map((task) => [task.title, task]));
    expect(tasks.map((task) => task.title).sort()).toEqual(['Other', 'Task 1', 'Task 2', 'Task 3']);
    expect(byTitle.get('Task 2')).toMatchObject({
      id: uuid(2),
      description: '',
      version: 4,
      depends_on: [uuid(1)],
      metadata: {},
    });
    const other = byTitle.get('Other')!;
    expect(other.metadata).toEqual({ imported: { id: `b/${uuid(1)}` } });
    expect(byTitle.get('Task 3')!.depends_on).toEqual([other.id]);
  });
});
