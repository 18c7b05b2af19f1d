import { expect, it } from 'vitest';
import { eventSchema } from '@leanvibe/protocol/event';
import { eventDraft } from './event-draft.ts';
import { eventText, liveEventText } from './event-text.ts';

const facts = {
  clientId: 'alpha',
  actor: { kind: 'agent', id: 'claude "x"' },
  timestamp: '2026-11-22T11:00:00.000Z',
  data: { text: 'a "quoted"\nline — ünïcode 💚 \u2028' },
} as const;

it('[E1] an event of the log conforms to its schema', () => {
  const draft = eventDraft('agent_error', facts);
  const event = JSON.parse(eventText({ ...draft, seq: 7 }, 'epoch-01'));
  expect(eventSchema('agent_error').parse(event)).toEqual({
    id: draft.id,
    type: 'agent_error',
    seq: 7,
    cursor: 'epoch-01.7',
    client_id: 'alpha',
    channel: 'agent',
    priority: 'high',
    timestamp: facts.timestamp,
    actor: facts.actor,
    data: facts.data,
  });
});

it('[E2] an event that is not kept has no seq and no cursor', () => {
  const event = JSON.parse(liveEventText(eventDraft('metrics_updated', facts)));
  expect(eventSchema('metrics_updated').parse(event)).toMatchObject({ channel: 'metrics', priority: 'low' });
  expect(event).not.toHaveProperty('seq');
  expect(event).not.toHaveProperty('cursor');
});
