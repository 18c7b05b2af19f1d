import { describe, expect, it } from 'vitest';
import { eventAbout, taskWith } from './board-fixture.ts';
import { PendingChanges } from './pending-changes.ts';
import type { TaskCommand } from './task-command.ts';

const task = taskWith({ id: 'a' });
const move: TaskCommand = { kind: 'move', before: task, to: { status: 'done' } };
const moved = { ...task, version: 2 };

describe('changes that are pending', () => {
  it('[Board] stay after the answer until the event of the change has come', () => {
    const changes = new PendingChanges();
    const key = changes.add(move);
    changes.answered(key, move, [moved]);
    expect(changes.get()).toHaveLength(1);
    changes.observe(eventAbout(taskWith({ id: 'other', version: 9 })));
    expect(changes.get()).toHaveLength(1);
    changes.observe(eventAbout(moved));
    expect(changes.get()).toEqual([]);
  });

  it('[Board] leave with the answer when the event was quicker', () => {
    const changes = new PendingChanges();
    const key = changes.add(move);
    changes.observe(eventAbout(moved));
    expect(changes.get()).toHaveLength(1);
    changes.answered(key, move, [moved]);
    expect(changes.get()).toEqual([]);
  });

  it('[Board] of a deletion wait for the event that says it', () => {
    const changes = new PendingChanges();
    const remove: TaskCommand = { kind: 'delete', before: task };
    changes.answered(changes.add(remove), remove, []);
    changes.observe(eventAbout(task));
    expect(changes.get()).toHaveLength(1);
    changes.observe(eventAbout(moved, 'task_deleted'));
    expect(changes.get()).toEqual([]);
  });

  it('[Board] of many wait for the events of all of them', () => {
    const changes = new PendingChanges();
    const other = taskWith({ id: 'b' });
    const bulk: TaskCommand = { kind: 'bulk', commands: [move, { kind: 'delete', before: other }] };
    changes.answered(changes.add(bulk), bulk, [moved]);
    changes.observe(eventAbout(moved));
    expect(changes.get()).toHaveLength(1);
    changes.observe(eventAbout({ ...other, version: 2 }, 'task_deleted'));
    expect(changes.get()).toEqual([]);
  });

  it('[Board] are dropped when refused, and when a board was read that has the answered ones in it', () => {
    const changes = new PendingChanges();
    const [refused, answered, open] = [changes.add(move), changes.add(move), changes.add(move)];
    changes.drop(refused);
    changes.answered(answered, move, [moved]);
    changes.forgetAnswered();
    expect(changes.get().map(({ key }) => key)).toEqual([open]);
  });

  it('[Board] tell whoever listens, and only when they are others', () => {
    const changes = new PendingChanges();
    let told = 0;
    const end = changes.subscribe(() => (told += 1));
    const key = changes.add(move);
    changes.observe(eventAbout(taskWith({ id: 'other' })));
    changes.forgetAnswered();
    expect(told).toBe(1);
    changes.drop(key);
    end();
    changes.add(move);
    expect(told).toBe(2);
  });
});
