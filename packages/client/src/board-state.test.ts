import type { Board } from '@leanvibe/protocol/board';
import type { Task } from '@leanvibe/protocol/task';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyEvent } from './board-state.ts';
import type { EventOf, StreamEvent } from './event-types.ts';

const statuses = ['backlog', 'in_progress', 'testing', 'done'] as const;

const task = (id: string, status: Task['status'], position: string): Task => ({
  id,
  client_id: 'alpha',
  version: 1,
  title: id,
  description: null,
  status,
  priority: 'medium',
  position,
  assigned_to: null,
  confidence_score: null,
  estimated_hours: null,
  actual_hours: null,
  due_at: null,
  started_at: null,
  completed_at: null,
  tags: [],
  depends_on: [],
  approval: null,
  metadata: {},
  created_at: '2026-11-22T11:05:12.345Z',
  updated_at: '2026-11-22T11:05:12.345Z',
});

/** The board that holds these tasks, made in one step. */
const boardOf = (tasks: readonly Task[], seq: number): Board => ({
  columns: statuses.map((status) => {
    const here = tasks.filter((each) => each.status === status).toSorted((a, b) => (a.position < b.position ? -1 : 1));
    return { id: status, title: status, status, wip_limit: null, task_count: here.length, tasks: here };
  }),
  total_tasks: tasks.length,
  cursor: `epoch001.${seq}`,
});

const envelope = (seq: number) => ({
  id: '019aa0c2-7c1e-7d4c-9d2f-5b7a3c1d9e01',
  seq,
  cursor: `epoch001.${seq}`,
  client_id: 'alpha',
  channel: 'tasks' as const,
  priority: 'medium' as const,
  timestamp: '2026-11-22T11:05:12.345Z',
  actor: { kind: 'human' as const, id: 'local' },
});

const created = (seq: number, subject: Task): EventOf<'task_created'> => ({
  ...envelope(seq),
  type: 'task_created',
  data: { task: subject },
});

const deleted = (seq: number, subject: Task): EventOf<'task_deleted'> => ({
  ...envelope(seq),
  type: 'task_deleted',
  data: { task_id: subject.id, task: subject },
});

const updated = (seq: number, subject: Task): EventOf<'task_updated'> => ({
  ...envelope(seq),
  type: 'task_updated',
  data: { task: subject, changes: {} },
});

describe('applyEvent', () => {
  it('[T8] puts a new task in its place, moves it, and takes it away', () => {
    const [a, c] = [task('a', 'backlog', 'a0'), task('c', 'backlog', 'a2')];
    const b = task('b', 'backlog', 'a1');
    const moved = { ...b, status: 'done' as const, version: 2 };
    let board = boardOf([a, c], 2);
    board = applyEvent(board, created(3, b));
    expect(board).toEqual(boardOf([a, b, c], 3));
    board = applyEvent(board, updated(4, moved));
    expect(board).toEqual(boardOf([a, c, moved], 4));
    board = applyEvent(board, deleted(5, moved));
    expect(board).toEqual(boardOf([a, c], 5));
  });

  it.each(['task_completed', 'task_restored', 'task_approval_requested', 'task_approved', 'task_rejected'] as const)(
    '[E2] takes the task as it is after %s',
    (type) => {
      const before = task('a', 'testing', 'a0');
      const after = { ...before, version: 2, title: 'changed' };
      const event = { ...envelope(2), type, data: { task: after } } as StreamEvent;
      expect(applyEvent(boardOf([before], 1), event)).toEqual(boardOf([after], 2));
    },
  );

  it('[T8] does nothing twice, and keeps the board that it was given', () => {
    const before = boardOf([task('a', 'backlog', 'a0')], 1);
    const copy = structuredClone(before);
    const event = created(2, task('b', 'done', 'a0'));
    const after = applyEvent(before, event);
    expect(before).toEqual(copy);
    expect(applyEvent(after, event)).toBe(after);
    expect(applyEvent(after, deleted(1, task('b', 'done', 'a0')))).toBe(after);
  });

  it('[E2] moves on over events about other things', () => {
    const before = boardOf([], 1);
    const event: StreamEvent = { ...envelope(2), type: 'agent_started', channel: 'agent', data: {} };
    expect(applyEvent(before, event)).toEqual({ ...before, cursor: 'epoch001.2' });
  });

  it('[E2] is not moved by events that have no place in the log, or one in another log', () => {
    const before = boardOf([], 1);
    const { seq: _seq, cursor: _cursor, ...rest } = envelope(2);
    const live: StreamEvent = { ...rest, type: 'metrics_updated', channel: 'metrics', data: {} };
    expect(applyEvent(before, live)).toBe(before);
    const stranger = { ...created(2, task('a', 'backlog', 'a0')), cursor: 'epoch002.2' };
    expect(applyEvent(before, stranger)).toBe(before);
  });

  it('[T8] ends at the same board as reading it, whatever happens and however often it is told', () => {
    const step = fc.record({
      id: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
      status: fc.constantFrom(...statuses),
      position: fc.integer({ min: 0, max: 999 }),
      remove: fc.boolean(),
      repeat: fc.integer({ min: 0, max: 3 }),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        const tasks = new Map<string, Task>();
        const events: StreamEvent[] = [];
        let board = boardOf([], 0);
        for (const [index, { id, status, position, remove, repeat }] of steps.entries()) {
          // No two tasks of a column have the same rank.
          const subject = task(id, status, `${String(position).padStart(3, '0')}${id}`);
          if (remove) tasks.delete(id);
          else tasks.set(id, subject);
          events.push(remove ? deleted(index + 1, subject) : updated(index + 1, subject));
          for (const event of events.slice(-1 - repeat)) board = applyEvent(board, event);
        }
        expect(board).toEqual(boardOf([...tasks.values()], steps.length));
      }),
    );
  });
});
