import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { EventLogQuery } from './event-routes.ts';
import { ClientFrame, SocketQuery } from './socket-frames.ts';
import { BulkRequest } from './task-bulk.ts';
import { TaskQuery } from './task-routes.ts';
import { BoardRulesUpdate } from './board.ts';
import { StreamingPreferences, StreamingPreferencesUpdate, defaultStreamingPreferences } from './streaming.ts';
import { TokenCreate } from './token.ts';
import { TaskImport } from './task-transfer.ts';

const accepts = (schema: z.ZodType, value: unknown): boolean => schema.safeParse(value).success;

describe('TaskQuery', () => {
  it('[T2] has defaults', () => {
    expect(TaskQuery.parse({})).toEqual({ sort: 'position', limit: 100 });
  });

  it('[T2] reads a parameter that stands once or several times as a list', () => {
    expect(TaskQuery.parse({ status: 'todo' }).status).toEqual(['backlog']);
    expect(TaskQuery.parse({ status: ['todo', 'done'] }).status).toEqual(['backlog', 'done']);
    expect(TaskQuery.parse({ priority: ['urgent'] }).priority).toEqual(['critical']);
    expect(TaskQuery.parse({ approval: 'none' }).approval).toEqual(['none']);
  });

  it.each(['1', '1000', '0001'])('[C7] accepts limit=%s', (limit) => {
    expect(TaskQuery.parse({ limit }).limit).toBe(Number(limit));
  });

  it.each(['0', '1001', '-1', '1.5', '', 'ten', '1e2', ' 5', ['1', '2']])('[C7] refuses limit=%j', (limit) => {
    expect(accepts(TaskQuery, { limit })).toBe(false);
  });

  it.each([
    { sort: 'title' },
    { sort: '--position' },
    { status: 'x' },
    { status: [] },
    { state: 'done' },
    { q: ['a', 'b'] },
    { due_before: '2026-11-22' },
    { tag: Array.from({ length: 101 }, String) },
  ])('[T2] refuses %j', (query) => expect(accepts(TaskQuery, query)).toBe(false));
});

describe('EventLogQuery', () => {
  it.each([
    ['0', 0],
    ['60', 60],
  ])('[E4] waits %s seconds', (text, seconds) => {
    expect(EventLogQuery.parse({ wait_seconds: text }).wait_seconds).toBe(seconds);
  });

  it.each(['61', '-1', '1.5', '', 'x', '100'])('[E4] does not wait %j seconds', (text) => {
    expect(accepts(EventLogQuery, { wait_seconds: text })).toBe(false);
  });
});

describe('SocketQuery', () => {
  it('[W1] reads channels as a comma list', () => {
    expect(SocketQuery.parse({ channels: 'tasks, agent' }).channels).toEqual(['tasks', 'agent']);
    expect(SocketQuery.parse({ channels: 'all' }).channels).toEqual(['all']);
  });

  it.each([
    { channels: '' },
    { channels: 'tasks,' },
    { channels: 'nothing' },
    { min_priority: 'urgent' },
    { batch_ms: '1001' },
    { batch_ms: '-1' },
    { token: 'x' },
    { device_id: '' },
    { cursor: '' },
  ])('[W1] refuses %j', (query) => expect(accepts(SocketQuery, query)).toBe(false));

  it('[W3] batches for at most a second', () => {
    expect(SocketQuery.parse({ batch_ms: '1000' }).batch_ms).toBe(1000);
  });
});

describe('ClientFrame', () => {
  it.each([
    { type: 'heartbeat' },
    { type: 'heartbeat', timestamp: 'anything' },
    { type: 'ack', cursor: 'x.1' },
    { type: 'subscribe', channels: ['tasks'], min_priority: 'high', batch_ms: 0 },
    { type: 'subscribe' },
    { type: 'command', request_id: '1', command: '/help' },
    { type: 'message', request_id: '1', content: 'hello', session_id: 's' },
    { type: 'code_completion', request_id: '1', data: {} },
    { type: 'voice_command', request_id: '1', data: {} },
  ])('[W5] reads %j', (frame) => {
    expect(ClientFrame.parse(frame)).toEqual(frame);
  });

  it.each([
    {},
    [],
    null,
    'heartbeat',
    { type: 'shout' },
    { type: 'hello' },
    { type: 'ack' },
    { type: 'ack', cursor: 'x'.repeat(129) },
    { type: 'subscribe', channels: [] },
    { type: 'subscribe', batch_ms: 1001 },
    { type: 'subscribe', batch_ms: '5' },
    { type: 'command', command: '/help' },
    { type: 'command', request_id: '', command: '/help' },
    { type: 'heartbeat', extra: 1 },
  ])('[W5] refuses %j', (frame) => {
    expect(accepts(ClientFrame, frame)).toBe(false);
  });
});

describe('bodies', () => {
  it('[T7] a bulk request has 1 to 1000 operations and is not atomic by default', () => {
    const operations = (count: number) => ({
      operations: Array.from({ length: count }, () => ({ op: 'create', title: 'x' })),
    });
    expect(BulkRequest.parse(operations(1)).atomic).toBe(false);
    expect(accepts(BulkRequest, operations(1000))).toBe(true);
    expect(accepts(BulkRequest, operations(1001))).toBe(false);
    expect(accepts(BulkRequest, operations(0))).toBe(false);
    expect(accepts(BulkRequest, { operations: [{ op: 'explode' }] })).toBe(false);
    expect(BulkRequest.parse(operations(1)).operations[0]).toEqual({ op: 'create', title: 'x' });
  });

  it.each([
    [{ columns: { in_progress: { wip_limit: 3 } } }, true],
    [{ columns: { in_progress: { wip_limit: null, allowed_transitions: ['done'] } } }, true],
    [{ columns: { in_progress: { wip_limit: 0 } } }, false],
    [{ columns: { in_progress: { allowed_transitions: ['done', 'done'] } } }, false],
    [{ columns: { review: {} } }, false],
    [{ version: 3 }, false],
  ])('[T9] board rules %j: %s', (body, expected) => {
    expect(accepts(BoardRulesUpdate, body)).toBe(expected);
  });

  it('[W9] the default preferences are preferences', () => {
    const preferences = { client_id: 'p', version: 1, updated_at: null, ...defaultStreamingPreferences };
    expect(StreamingPreferences.parse(preferences)).toEqual(preferences);
  });

  it.each([
    [{ custom_filters: { min_confidence: 0.5 } }, true],
    [{ max_events_per_second: 0 }, false],
    [{ batch_interval_ms: 1001 }, false],
    [{ enabled_channels: ['none'] }, false],
    [{ custom_filters: { x: 1 } }, false],
  ])('[W9] preferences %j: %s', (body, expected) => {
    expect(accepts(StreamingPreferencesUpdate, body)).toBe(expected);
  });

  it('[S2] a token is for everything or for some workspaces', () => {
    expect(accepts(TokenCreate, { name: 'x', admin: true })).toBe(true);
    expect(accepts(TokenCreate, { name: 'x', client_ids: ['a'] })).toBe(true);
    expect(accepts(TokenCreate, { name: 'x' })).toBe(false);
    expect(accepts(TokenCreate, { name: 'x', admin: true, client_ids: ['a'] })).toBe(false);
  });

  it.each([
    ['an array', [], true],
    ['an object', {}, true],
    ['null', null, false],
    ['a text', 'tasks', false],
  ])('[T13] an import may be %s: %s', (_name, body, expected) => {
    expect(accepts(TaskImport, body)).toBe(expected);
  });
});
