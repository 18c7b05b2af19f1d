import type { Board } from '@leanvibe/protocol/board';
import { TaskCreate, type Task } from '@leanvibe/protocol/task';
import { describe, expect, it } from 'vitest';
import { exampleCreations, firstRunStage, isExample } from './example-tasks.ts';

const task = (members: Partial<Task>) => ({ title: 'Mine', version: 1, metadata: {}, ...members }) as Task;
const examples = exampleCreations().map(({ title, metadata }) => task({ title, metadata: metadata! }));
const boardOf = (...tasks: Task[]) => ({ columns: [{ tasks: [] }, { tasks }] }) as unknown as Board;

describe('the example tasks', () => {
  it('[First run] are tasks that the server takes', () => {
    expect(exampleCreations().map((creation) => TaskCreate.safeParse(creation).success)).toEqual([true, true, true]);
  });

  it('[First run] are told from tasks that look like them, and from those that somebody has made their own', () => {
    expect(examples.every(isExample)).toBe(true);
    expect(isExample({ ...examples[0]!, title: 'Something else' })).toBe(false);
    expect(isExample({ ...examples[0]!, metadata: {} })).toBe(false);
  });
});

describe('firstRunStage', () => {
  it('[First run] goes from empty to examples, and is over with the first task of somebody', () => {
    expect(firstRunStage(boardOf())).toEqual({ kind: 'empty' });
    expect(firstRunStage(boardOf(...examples))).toEqual({ kind: 'examples', examples });
    expect(firstRunStage(boardOf(...examples, task({})))).toEqual({ kind: 'outgrown', examples });
    expect(firstRunStage(boardOf(task({})))).toEqual({ kind: 'own' });
  });

  it('[First run] does not give up the examples for a task that may still be refused', () => {
    expect(firstRunStage(boardOf(...examples, task({ version: 0 }))).kind).toBe('examples');
  });
});
