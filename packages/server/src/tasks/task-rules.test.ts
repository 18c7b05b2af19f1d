import { taskStatuses, type Task } from '@leanvibe/protocol/task';
import { describe, expect, it } from 'vitest';
import { HubError } from '../hub-error.ts';
import { defaultRules, mergeRules } from './board-rules.ts';
import { admission, dependencyGuards, newTask, readmission, withStatus, withWork } from './task-rules.ts';

const task = newTask({ title: 'x' }, { id: 'i', clientId: 'c', position: 'a0', now: '1' });
const rulesOf = (update: Parameters<typeof mergeRules>[1]) => ({
  rules: mergeRules(defaultRules('c'), update),
  storedVersion: 4,
});
const stand = { kind: 'document-version', document: 'board_rules', key: '', version: 4 };
const approvedTask: Task = {
  ...task,
  approval: {
    state: 'approved',
    requested_by: 'a',
    requested_at: '1',
    decided_by: 'b',
    decided_at: '2',
    reason: null,
    task_version: 1,
  },
};

const refusalOf = (work: () => unknown): string | undefined => {
  try {
    work();
    return undefined;
  } catch (error) {
    if (error instanceof HubError) return error.code;
    throw error;
  }
};

describe('the times of the work', () => {
  it('[T1] begin with the first column that is neither backlog nor done, and stay', () => {
    const begun = withStatus(task, 'testing', '2');
    expect(begun).toMatchObject({ status: 'testing', started_at: '2', completed_at: null });
    expect(withStatus(begun, 'backlog', '3')).toMatchObject({ started_at: '2' });
    expect(withStatus(withStatus(begun, 'backlog', '3'), 'in_progress', '4')).toMatchObject({ started_at: '2' });
    expect(withStatus(task, 'done', '2')).toMatchObject({ started_at: null, completed_at: '2' });
  });

  it('[T1] end with done, and are open again after it', () => {
    const done = withStatus(task, 'done', '2');
    expect(withStatus(done, 'done', '9')).toBe(done);
    for (const status of ['backlog', 'in_progress', 'testing'] as const) {
      expect(withStatus(done, status, '3').completed_at).toBeNull();
    }
  });
});

describe('changing the work', () => {
  it('[T11] voids an approval only when something is different', () => {
    expect(withWork(approvedTask, { title: 'x', tags: [], metadata: {}, status: 'done' })).toBe(approvedTask);
    expect(withWork(approvedTask, { title: 'y' })).toEqual({ ...approvedTask, title: 'y', approval: null });
    expect(withWork(approvedTask, { title: undefined })).toBe(approvedTask);
  });

  it('[T4] leaves the column to the move', () => {
    expect(withWork(task, { status: 'done', priority: 'high' })).toEqual({ ...task, priority: 'high' });
  });
});

describe('entering a column', () => {
  it('[T6] needs nothing but the same rules on a board without any', () => {
    for (const status of taskStatuses) {
      for (const from of [null, ...taskStatuses]) {
        expect(admission({ ...task, status, depends_on: ['d'] }, from, rulesOf({}))).toEqual([stand]);
      }
    }
  });

  it('[T6] needs room where there is a limit', () => {
    const inForce = rulesOf({ columns: { testing: { wip_limit: 3 } } });
    const room = { kind: 'column-at-most', status: 'testing', limit: 3 };
    expect(admission({ ...task, status: 'testing' }, 'backlog', inForce)).toEqual([stand, room]);
    expect(admission({ ...task, status: 'done' }, 'backlog', inForce)).toEqual([stand]);
    expect(readmission('testing', inForce)).toEqual([stand, room]);
    expect(readmission('done', inForce)).toEqual([stand]);
  });

  it('[T6] needs dependencies that are done, except in the backlog', () => {
    const inForce = rulesOf({ enforce_dependencies: true });
    const done = { kind: 'tasks-done', ids: ['d'] };
    for (const status of ['in_progress', 'testing', 'done'] as const) {
      expect(admission({ ...task, status, depends_on: ['d'] }, 'backlog', inForce)).toEqual([stand, done]);
      expect(admission({ ...task, status }, 'backlog', inForce)).toEqual([stand]);
    }
    expect(admission({ ...task, status: 'backlog', depends_on: ['d'] }, 'done', inForce)).toEqual([stand]);
  });

  it('[T6] needs a transition that is allowed, from where the task stands', () => {
    const inForce = rulesOf({ columns: { backlog: { allowed_transitions: ['testing'] } } });
    const enter = (status: Task['status'], from: Task['status'] | null) =>
      refusalOf(() => admission({ ...task, status }, from, inForce));
    expect(enter('testing', 'backlog')).toBeUndefined();
    expect(enter('done', 'backlog')).toBe('transition-not-allowed');
    expect(enter('done', 'testing')).toBeUndefined();
    expect(enter('done', null)).toBeUndefined();
  });

  it('[T6] needs an approval for done where the board asks for it', () => {
    const inForce = rulesOf({ require_approval_for_done: true });
    const enter = (candidate: Task, status: Task['status']) =>
      refusalOf(() => admission({ ...candidate, status }, 'testing', inForce));
    expect(enter(task, 'done')).toBe('approval-required');
    expect(enter({ ...approvedTask, approval: { ...approvedTask.approval!, state: 'pending' } }, 'done')).toBe(
      'approval-required',
    );
    expect(enter({ ...approvedTask, approval: { ...approvedTask.approval!, state: 'rejected' } }, 'done')).toBe(
      'approval-required',
    );
    expect(enter(approvedTask, 'done')).toBeUndefined();
    expect(enter(task, 'in_progress')).toBeUndefined();
  });
});

describe('dependencies', () => {
  it('[T4] must exist when they are new, and close no circle', () => {
    const depending = { ...task, depends_on: ['a', 'b'] };
    const circle = { kind: 'no-cycle', id: 'i' };
    expect(dependencyGuards(depending, ['a'])).toEqual([{ kind: 'tasks-exist', ids: ['b'] }, circle]);
    expect(dependencyGuards(depending, ['b', 'a', 'c'])).toEqual([]);
    expect(dependencyGuards({ ...task, depends_on: [] }, ['a'])).toEqual([]);
  });

  it('[T1] of a new task must only exist', () => {
    expect(dependencyGuards({ ...task, depends_on: ['a'] }, null)).toEqual([{ kind: 'tasks-exist', ids: ['a'] }]);
  });
});
