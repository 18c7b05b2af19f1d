import { describe, expect, it } from 'vitest';
import { FakeApi } from './fake-api-fixture.ts';
import { createLeanVibeClient } from './leanvibe-client.ts';

const event = (seq: number) => ({
  id: '019f0000-0000-7000-8000-000000000000',
  type: 'system_ready',
  seq,
  cursor: `epoch.${seq}`,
  client_id: 'w',
  channel: 'system',
  priority: 'medium',
  timestamp: '2026-11-22T11:05:12.345Z',
  actor: { kind: 'system', id: 'server' },
  data: {},
});

const expired = { status: 410, body: { code: 'cursor-expired', status: 410, detail: 'It is too old.' } };

describe('EventsClient.before', () => {
  it('[E5] goes on with the oldest events where those before them are not kept any more', async () => {
    await using api = await FakeApi.start(expired, { status: 200, body: [4, 5, 6, 7, 8].map(event) });
    const { events } = createLeanVibeClient({ baseUrl: api.url, clientId: 'w' });
    expect((await events.before('epoch.6', 5)).map(({ seq }) => seq)).toEqual([4, 5, 6]);
    expect(api.requests.map(({ url }) => url)).toEqual([
      '/events/w/log?cursor=epoch.1&limit=5',
      '/events/w/log?limit=5',
    ]);
  });

  it('[E5] does not take another refusal for the beginning of the log', async () => {
    await using api = await FakeApi.start({
      status: 400,
      body: { code: 'cursor-invalid', status: 400, detail: 'No.' },
    });
    const { events } = createLeanVibeClient({ baseUrl: api.url, clientId: 'w' });
    await expect(events.before('other.6', 5)).rejects.toMatchObject({ code: 'cursor-invalid' });
    expect(await events.before('no cursor', 5)).toEqual([]);
  });
});
