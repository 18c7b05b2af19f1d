import { PassThrough } from 'node:stream';
import { expect, it } from 'vitest';
import { eventLine, type ShownEvent } from './event-line.ts';
import { localClock } from './local-time.ts';
import { Terminal } from './terminal.ts';

const plain = new Terminal({ stdin: new PassThrough(), stdout: new PassThrough(), stderr: new PassThrough() }, {});
const colourful = new Terminal(
  { stdin: new PassThrough(), stdout: Object.assign(new PassThrough(), { isTTY: true }), stderr: new PassThrough() },
  {},
);
const timestamp = '2026-11-24T12:00:00.000Z';
const task = { id: '01a20e38-198a-720d-98e1-284210c6b126', title: 'Write it' };

const event = (data: ShownEvent['data'], type = 'task_updated', priority = 'medium'): ShownEvent => ({
  type,
  priority,
  timestamp,
  actor: { kind: 'agent', id: 'claude' },
  data,
});

/** What a line says between the type and the actor. */
const subjectOf = (data: ShownEvent['data']): string =>
  eventLine(event(data), plain)
    .slice(localClock(timestamp).length + 2 + 'task_approval_requested'.length + 2)
    .replace('  (agent:claude)', '');

it('[CLI] shows when, what, about which task and who', () => {
  expect(eventLine(event({ task }, 'task_created'), plain)).toBe(
    `${localClock(timestamp)}  task_created             10c6b126 Write it  (agent:claude)`,
  );
});

it('[CLI] shows what changed, and the place only where nothing else did', () => {
  const position = { from: 'a0', to: 'a1' };
  expect(subjectOf({ task, changes: { status: { from: 'backlog', to: 'done' }, position } })).toBe(
    '10c6b126 Write it  status: backlog → done',
  );
  expect(subjectOf({ task, changes: { position } })).toBe('10c6b126 Write it  position: a0 → a1');
  expect(subjectOf({ task, changes: { tags: { from: [], to: ['a'] }, odd: 1 } })).toBe(
    '10c6b126 Write it  tags: [] → ["a"], odd',
  );
});

it('[CLI] shortens what is long, and shows events of any shape', () => {
  expect(subjectOf({ task: { id: task.id, title: 'x'.repeat(100) } })).toBe(`10c6b126 ${'x'.repeat(59)}…`);
  expect(subjectOf({ file: 'a.ts' })).toBe('{"file":"a.ts"}');
  expect(subjectOf({ task: { id: task.id } })).toBe('10c6b126 undefined');
});

it('[CLI] makes what is urgent stand out', () => {
  expect(eventLine(event({ task }, 'agent_error', 'high'), colourful)).toContain('\u001b[31magent_error');
  expect(eventLine(event({ task }, 'agent_started', 'medium'), colourful)).toContain('\u001b[36magent_started');
});
