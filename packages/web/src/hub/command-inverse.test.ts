import type { Task } from '@leanvibe/protocol/task';
import { describe, expect, it } from 'vitest';
import { boardWithTasks, idsOn, taskWith } from './board-fixture.ts';
import { inverseOf, placeOf } from './command-inverse.ts';
import { boardWith } from './optimistic-board.ts';
import type { SingleCommand, TaskCommand } from './task-command.ts';

const tasks = ['a', 'b', 'c'].map((id) => taskWith({ id, tags: ['old'] }));
const [a, b, c] = tasks as [Task, Task, Task];
const board = boardWithTasks(a, b, c);

const doneWith = (step: SingleCommand, after: Task | null) => inverseOf(step, [{ step, after }], board);

describe('what takes a command back', () => {
  it('[Undo] is a deletion for a new or restored task, and restoring for a deleted one', () => {
    const made = taskWith({ id: 'new' });
    const create: SingleCommand = { kind: 'create', id: 'draft', body: { title: 'New' }, createdAt: a.created_at };
    expect(doneWith(create, made)).toEqual({ kind: 'delete', before: made });
    expect(doneWith({ kind: 'restore', before: a }, a)).toEqual({ kind: 'delete', before: a });
    expect(doneWith({ kind: 'delete', before: a }, null)).toEqual({ kind: 'restore', before: a });
  });

  it('[Undo] is the old values for an edit, about the version that it made', () => {
    const after = { ...a, version: 2, title: 'New', tags: [] };
    expect(doneWith({ kind: 'update', before: a, changes: { title: 'New', tags: [] } }, after)).toEqual({
      kind: 'update',
      before: after,
      changes: { title: 'Task a', tags: ['old'] },
    });
  });

  it('[Undo] is the old place for a move, said by the neighbour that stood below, else above', () => {
    expect(placeOf(board, a)).toEqual({ status: 'backlog', before: 'b' });
    expect(placeOf(board, c)).toEqual({ status: 'backlog', after: 'b' });
    expect(placeOf(boardWithTasks(a), a)).toEqual({ status: 'backlog' });
  });

  it('[Undo] brings back the order of the board, whatever card was moved', () => {
    for (const before of tasks) {
      const move: TaskCommand = { kind: 'move', before, to: { status: 'testing' } };
      const after = { ...before, status: 'testing' as const, version: 2 };
      const back = inverseOf(move, [{ step: move, after }], board)!;
      const shown = boardWith(boardWith(board, [{ key: 1, command: move, answer: null }]), [
        { key: 2, command: back, answer: null },
      ]);
      expect(idsOn(shown)).toEqual(idsOn(board));
    }
  });

  it('[Undo] of many takes back what was done of them, last things first; nothing for decisions', () => {
    const steps: SingleCommand[] = [
      { kind: 'delete', before: a },
      { kind: 'delete', before: b },
    ];
    const done = steps.map((step) => ({ step, after: null }));
    expect(inverseOf({ kind: 'bulk', commands: steps }, done, board)).toEqual({
      kind: 'bulk',
      commands: [
        { kind: 'restore', before: b },
        { kind: 'restore', before: a },
      ],
    });
    expect(inverseOf({ kind: 'bulk', commands: steps }, [], board)).toBeNull();
    expect(inverseOf({ kind: 'approve', before: a, comment: '' }, [], board)).toBeNull();
  });
});
