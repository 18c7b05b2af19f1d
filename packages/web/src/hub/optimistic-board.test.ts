import type { Task } from '@leanvibe/protocol/task';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { boardWithTasks, idsOn, taskWith } from './board-fixture.ts';
import { boardWith } from './optimistic-board.ts';
import type { PendingChange } from './pending-changes.ts';
import type { SingleCommand, TaskCommand } from './task-command.ts';
import { statuses } from './task-values.ts';

const [a, b, c] = ['a', 'b', 'c'].map((id) => taskWith({ id })) as [Task, Task, Task];
const d = taskWith({ id: 'd', status: 'done' });
const board = boardWithTasks(a, b, c, d);

const pending = (command: TaskCommand, answer: Task[] | null = null): PendingChange => ({ key: 1, command, answer });
const shown = (...changes: PendingChange[]) => boardWith(board, changes);

describe('the board with what was done here', () => {
  it('[Board] is that of the server when nothing is pending', () => {
    expect(shown()).toBe(board);
  });

  it('[Board] shows a move where it was dropped: before or after a neighbour, else at the end', () => {
    expect(idsOn(shown(pending({ kind: 'move', before: c, to: { status: 'backlog', before: 'b' } })))).toEqual({
      backlog: ['a', 'c', 'b'],
      done: ['d'],
    });
    expect(idsOn(shown(pending({ kind: 'move', before: a, to: { status: 'backlog', after: 'b' } })))).toEqual({
      backlog: ['b', 'a', 'c'],
      done: ['d'],
    });
    const moved = shown(pending({ kind: 'move', before: a, to: { status: 'done' } }));
    expect(idsOn(moved)).toEqual({ backlog: ['b', 'c'], done: ['d', 'a'] });
    expect(moved.columns.map(({ task_count: count }) => count)).toEqual([2, 0, 0, 2]);
  });

  it('[Board] shows new, changed, deleted and restored tasks, each change on top of the one before', () => {
    const changes = shown(
      pending({ kind: 'create', id: 'draft', body: { title: 'New', status: 'testing' }, createdAt: a.created_at }),
      pending({ kind: 'update', before: a, changes: { title: 'Renamed' } }),
      pending({ kind: 'update', before: a, changes: { priority: 'high' } }),
      pending({ kind: 'delete', before: b }),
      pending({ kind: 'restore', before: taskWith({ id: 'old', position: 'a000x' }) }),
    );
    expect(idsOn(changes)).toEqual({ backlog: ['a', 'old', 'c'], testing: ['draft'], done: ['d'] });
    expect(changes.columns[0]!.tasks[0]).toMatchObject({ title: 'Renamed', priority: 'high', version: 1 });
    expect(changes.total_tasks).toBe(5);
  });

  it('[Board] keeps what comes in meanwhile: only the changed members lie on top', () => {
    const change = pending({ kind: 'update', before: a, changes: { title: 'Mine' } });
    const newer = boardWithTasks(taskWith({ id: 'a', version: 2, title: 'Theirs', priority: 'critical' }), b);
    expect(boardWith(newer, [change]).columns[0]!.tasks[0]).toMatchObject({ title: 'Mine', priority: 'critical' });
  });

  it('[Board] shows what the server answered until its event comes, and never an older version than it has', () => {
    const answer = { ...a, version: 2, title: 'As answered' };
    const change = pending({ kind: 'update', before: a, changes: { title: 'Wanted' } }, [answer]);
    expect(shown(change).columns[0]!.tasks[0]!.title).toBe('As answered');
    const newer = boardWithTasks({ ...a, version: 3, title: 'Newer' });
    expect(boardWith(newer, [change]).columns[0]!.tasks[0]!.title).toBe('Newer');
    expect(idsOn(shown(pending({ kind: 'delete', before: a }, [])))).toEqual({ backlog: ['b', 'c'], done: ['d'] });
  });

  it('[Board] ignores changes of a task that is gone', () => {
    const gone = taskWith({ id: 'gone' });
    expect(idsOn(shown(pending({ kind: 'move', before: gone, to: { status: 'done' } })))).toEqual(idsOn(board));
    expect(idsOn(shown(pending({ kind: 'update', before: gone, changes: { title: 'x' } })))).toEqual(idsOn(board));
  });

  it('[Board] neither loses nor doubles a task, whatever is moved where', () => {
    const tasks = [a, b, c, d];
    const move = fc
      .record({
        task: fc.constantFrom(...tasks),
        status: fc.constantFrom(...statuses),
        neighbour: fc.constantFrom(...tasks),
        side: fc.constantFrom('before', 'after', 'none'),
      })
      .map(({ task, status, neighbour, side }): SingleCommand => ({
        kind: 'move',
        before: task,
        to: { status, ...(side === 'none' ? {} : { [side]: neighbour.id }) },
      }));
    fc.assert(
      fc.property(fc.array(move, { maxLength: 12 }), (commands) => {
        const { columns, total_tasks: total } = shown(
          ...commands.map((command) => pending(command)),
          pending({ kind: 'bulk', commands }),
        );
        expect(columns.flatMap((column) => column.tasks.map(({ id }) => id)).toSorted()).toEqual(['a', 'b', 'c', 'd']);
        expect(columns.every((column) => column.tasks.every(({ status }) => status === column.status))).toBe(true);
        expect(total).toBe(4);
      }),
    );
  });
});
