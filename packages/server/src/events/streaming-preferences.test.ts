import { describe, expect, it } from 'vitest';
import { eventServer } from './event-server-fixture.ts';

const path = '/streaming/clients/alpha/preferences';

describe('streaming preferences', () => {
  it('[W9] have defaults', async () => {
    await using server = await eventServer();
    const response = await fetch(server.url + path);
    expect(response.headers.get('etag')).toBe('"1"');
    expect(await response.json()).toEqual({
      client_id: 'alpha',
      version: 1,
      updated_at: null,
      enabled_channels: ['all'],
      min_priority: 'debug',
      max_events_per_second: null,
      enable_batching: false,
      batch_interval_ms: 100,
      custom_filters: { exclude_file_patterns: [], min_confidence: null },
    });
  });

  it('[W9] are changed in part, deeply, and stored', async () => {
    await using server = await eventServer();
    await server.setPreferences('alpha', { min_priority: 'low', custom_filters: { min_confidence: 0.5 } });
    const response = await server.setPreferences('alpha', { custom_filters: { exclude_file_patterns: ['*.log'] } });
    expect(response.headers.get('etag')).toBe('"3"');
    await server.restart();
    expect(await server.json(path)).toMatchObject({
      version: 3,
      updated_at: new Date(server.clock.nowMs).toISOString(),
      min_priority: 'low',
      enabled_channels: ['all'],
      custom_filters: { exclude_file_patterns: ['*.log'], min_confidence: 0.5 },
    });
  });

  it('[W9] keep their version when nothing changes', async () => {
    await using server = await eventServer();
    const response = await server.setPreferences('alpha', { min_priority: 'debug' });
    expect([response.status, response.headers.get('etag')]).toEqual([200, '"1"']);
    expect(await server.store.workspaces()).toEqual([]);
  });

  it('[C5] honour If-Match', async () => {
    await using server = await eventServer();
    await server.setPreferences('alpha', { min_priority: 'low' });
    const response = await server.setPreferences('alpha', { min_priority: 'high' }, '"1"');
    expect(response.status).toBe(412);
    expect(await response.json()).toMatchObject({ code: 'version-conflict', current: { version: 2 } });
    expect((await server.setPreferences('alpha', { min_priority: 'high' }, '"2"')).status).toBe(200);
  });

  it('[C5] lose no change of those that are made at once', async () => {
    await using server = await eventServer();
    const changes = [
      { min_priority: 'low' },
      { batch_interval_ms: 7 },
      { enable_batching: true },
      { max_events_per_second: 9 },
      { custom_filters: { min_confidence: 0.1 } },
      { custom_filters: { exclude_file_patterns: ['a'] } },
    ];
    await Promise.all(changes.map((change) => server.setPreferences('alpha', change)));
    expect(await server.json(path)).toMatchObject({
      version: 7,
      min_priority: 'low',
      batch_interval_ms: 7,
      enable_batching: true,
      max_events_per_second: 9,
      custom_filters: { exclude_file_patterns: ['a'], min_confidence: 0.1 },
    });
  });

  it.each([
    { min_priority: 'urgent' },
    { batch_interval_ms: 1001 },
    { enabled_channels: ['nothing'] },
    { custom_filters: { min_confidence: 2 } },
    { custom_filters: { other: 1 } },
    { version: 7 },
  ])('[C3] refuse %j', async (body) => {
    await using server = await eventServer();
    expect((await server.setPreferences('alpha', body)).status).toBe(400);
  });

  it('[W9] are the default for new sockets, which may ask for something else', async () => {
    await using server = await eventServer();
    await server.setPreferences('alpha', {
      min_priority: 'high',
      enable_batching: true,
      batch_interval_ms: 1,
      custom_filters: { exclude_file_patterns: ['*.log'], min_confidence: 0.5 },
    });
    const byDefault = await server.connect('/ws/alpha');
    const asking = await server.connect('/ws/alpha?min_priority=debug&batch_ms=0');
    const other = await server.connect('/ws/beta');
    await server.publishAs('file_changed', 'alpha', { path: '/p/a.log' });
    await server.publishAs('file_changed', 'alpha', { path: '/p/a.ts' });
    await server.publishAs('agent_error', 'alpha', { confidence: 0.2 });
    await server.publishAs('agent_error', 'alpha', { confidence: 0.9 });
    await server.publishAs('file_changed', 'beta', { path: '/p/a.log' });
    await Promise.all([byDefault.through(4), asking.through(4), other.through(1)]);
    expect(byDefault.frames.slice(1)).toMatchObject([{ type: 'batch', events: [{ seq: 4 }] }]);
    expect(asking.frames.slice(1)).toMatchObject([{ seq: 2 }, { seq: 4 }]);
  });
});
