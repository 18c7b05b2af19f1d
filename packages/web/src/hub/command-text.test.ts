import { LeanVibeError } from '@leanvibe/client/leanvibe-error';
import type { ProblemDetails } from '@leanvibe/protocol/problem';
import { problemCatalogue } from '@leanvibe/protocol/problem-catalogue';
import { expect, it } from 'vitest';
import { taskWith } from './board-fixture.ts';
import { doneText } from './command-text.ts';
import { refusalText } from './refusal-text.ts';

const task = taskWith({ id: 'a', title: 'Manual' });

it('[Board] says what was done, and to what', () => {
  expect(doneText({ kind: 'move', before: task, to: { status: 'done' } }, 1)).toBe('Moved “Manual” to Done');
  expect(doneText({ kind: 'move', before: task, to: { status: 'backlog' } }, 1)).toBe('Moved “Manual” within Backlog');
  expect(doneText({ kind: 'update', before: task, changes: { title: 'x' } }, 1)).toBe('Changed the title of “Manual”');
  expect(doneText({ kind: 'update', before: task, changes: { title: 'x', tags: [] } }, 1)).toBe('Changed “Manual”');
  expect(doneText({ kind: 'create', id: 'd', body: { title: 'x'.repeat(99) }, createdAt: '' }, 1)).toHaveLength(70);
  const commands = [{ kind: 'move', before: task, to: { status: 'testing' } }] as const;
  expect(doneText({ kind: 'bulk', commands }, 3)).toBe('Moved 3 tasks to Testing');
});

it('[Board] explains a refusal with the words of the server and with what to do about it', () => {
  const refusal = (code: string) => refusalText(new LeanVibeError(code, 'Detail.'), () => undefined);
  expect(refusal('wip-limit-reached')).toMatch(/^Detail\. Move a task out/);
  expect(refusal('internal-error')).toBe('Detail.');
  for (const code of ['approval-required', 'blocked-by-dependency', 'transition-not-allowed'] as const) {
    expect(problemCatalogue).toHaveProperty(code);
    expect(refusal(code)).not.toBe('Detail.');
  }
});

it('[Board] calls the tasks in a refusal by their titles', () => {
  const [known, unknown] = ['019aa0c2-7c1e-7d4c-9d2f-5b7a3c1d9e01', '019aa0c2-7c1e-7d4c-9d2f-5b7a3c1d9e02'];
  const refusal = new LeanVibeError('other', `${known} waits for ${unknown}.`);
  expect(refusalText(refusal, (id) => (id === known ? 'Manual' : undefined))).toBe(`“Manual” waits for “${unknown}”.`);
});

it('[Board] calls the columns in a refusal as they are called on the board', () => {
  const full = { code: 'wip-limit-reached', column: 'in_progress', wip_limit: 3 } as unknown as ProblemDetails;
  const refusal = new LeanVibeError('wip-limit-reached', 'Detail.', { problem: full });
  expect(refusalText(refusal, () => undefined)).toMatch(/^In Progress is full: it may have 3 tasks\. Move/);
  const transition = new LeanVibeError('transition-not-allowed', 'Tasks in backlog may not go to done on this board.');
  expect(refusalText(transition, () => undefined)).toMatch(/^Tasks in Backlog may not go to Done on this board\./);
});
