import { eventTypes } from '@leanvibe/protocol/event-catalogue';
import type { Task } from '@leanvibe/protocol/task';
import { describe, expect, it } from 'vitest';
import { eventSentence } from './event-sentence.ts';

const task = { id: '1', title: 'Ship', status: 'testing', approval: null } as Task;
const changes = (...fields: string[]) => Object.fromEntries(fields.map((field) => [field, { from: null, to: 1 }]));
const spoken = (type: (typeof eventTypes)[number], data: Record<string, unknown>): string => {
  const { did, subject, rest } = eventSentence({ type, data });
  return [did, subject?.title, rest].filter(Boolean).join(' ');
};

describe('eventSentence', () => {
  it.each([
    ['task_created', { task }, 'created Ship in Testing'],
    ['task_completed', { task }, 'completed Ship'],
    ['task_updated', { task, changes: changes('status', 'position', 'started_at') }, 'moved Ship to Testing'],
    ['task_updated', { task, changes: changes('position') }, 'moved Ship within Testing'],
    ['task_updated', { task, changes: changes('priority') }, 'changed the priority of Ship'],
    ['task_updated', { task, changes: changes('title', 'tags') }, 'changed the title and the tags of Ship'],
    ['task_updated', { task, changes: changes('title', 'tags', 'due_at') }, 'changed 3 things about Ship'],
    ['task_updated', { task, changes: {} }, 'changed Ship'],
    ['task_rejected', { task: { ...task, approval: { reason: 'No' } } }, 'rejected Ship : “No”'],
    ['agent_progress', { message: 'halfway' }, 'goes on : halfway'],
    ['system_ready', {}, 'is ready'],
  ] as const)('[Activity] says of %s', (type, data, sentence) => {
    expect(spoken(type, data)).toBe(sentence);
  });

  it('[Activity] has words for every type of event', () => {
    const unspoken = eventTypes.filter((type) =>
      /_/.test(spoken(type, type.startsWith('task_') ? { task, changes: {} } : {})),
    );
    expect(unspoken).toEqual([]);
  });

  it('[Activity] knows that a deleted task cannot be opened', () => {
    expect(eventSentence({ type: 'task_deleted', data: { task } }).subject?.isThere).toBe(false);
  });
});
