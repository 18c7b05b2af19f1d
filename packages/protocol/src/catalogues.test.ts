import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { eventCatalogue, eventChannels, eventPriorities, eventTypes, type EventType } from './event-catalogue.ts';
import { eventSchema, LeanVibeEvent } from './event.ts';
import { problemAdvice } from './problem-advice.ts';
import { problemCatalogue, problemType, type ProblemCode, type ProblemRow } from './problem-catalogue.ts';
import { allRoutes } from './route-catalogue.ts';
import { problemsOf } from './route-problems.ts';
import { schemaExamples } from './schema-examples.ts';
import { ClientFrame, clientFrames, cursorVerdicts, ServerFrame, serverFrames } from './socket-frames.ts';

const problems = Object.entries(problemCatalogue) as [ProblemCode, ProblemRow][];

describe('routes', () => {
  it('[C8] have each method and path once', () => {
    const keys = allRoutes.map(({ method, path }) => `${method} ${path.replaceAll(/\{\w+\}/g, '{}')}`);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it.each(allRoutes.map((route) => [route.operationId, route] as const))('[C8] %s fits its path', (_name, route) => {
    const inPath = [...route.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!);
    const parsed = route.params instanceof z.ZodObject ? Object.keys(route.params.shape) : [];
    expect(parsed.toSorted()).toEqual(inPath.toSorted());
    expect(route.summary).toMatch(/^[A-Z]/);
    expect(Object.keys(route.answers).length).toBeGreaterThan(0);
  });

  it.each(allRoutes.map((route) => [route.operationId, route] as const))(
    '[C3] %s names only known problems',
    (_name, route) => {
      for (const code of route.errors ?? []) expect(problemCatalogue).toHaveProperty([code]);
      expect(new Set(route.errors).size).toBe(route.errors?.length ?? 0);
    },
  );

  it('[C3] never mean two things by one status', () => {
    for (const route of allRoutes) {
      const refusals = new Set<number>(problemsOf(route).map((code) => problemCatalogue[code].status));
      expect(Object.keys(route.answers).filter((status) => refusals.has(Number(status)))).toEqual([]);
    }
  });

  it('[C5] that change a version can conflict', () => {
    const versioned = allRoutes.filter((route) => route.versioned === true);
    expect(versioned.length).toBeGreaterThan(5);
    for (const route of versioned) expect(route.errors, route.operationId).toContain('version-conflict');
  });

  it('[T11] that decide are closed to agents', () => {
    const decisions = allRoutes.filter((route) => route.access === 'decide').map((route) => route.operationId);
    expect(decisions).toEqual(['updateBoardRules', 'approveTask', 'rejectTask']);
  });

  it('[S3] that need no token are these', () => {
    const open = allRoutes.filter((route) => route.access === 'public');
    const app = open.filter((route) => route.tag === 'Web app').map((route) => route.path);
    expect(open.map((route) => route.path).filter((path) => !app.includes(path))).toEqual([
      '/pair',
      '/health',
      '/ready',
    ]);
    expect(app).toEqual([
      '/',
      '/inbox',
      '/activity',
      '/settings',
      '/service-worker.js',
      '/assets/{file}',
      '/app/{file}',
    ]);
  });
});

describe('problems', () => {
  it.each(problems)('[C3] %s has a status, words and advice', (code, row) => {
    expect(code).toMatch(/^[a-z]+(-[a-z]+)*$/);
    expect(row.status).toBeGreaterThanOrEqual(400);
    expect(row.status).toBeLessThan(600);
    expect(row.status).not.toBe(422);
    expect(row.title).not.toMatch(/\.$/);
    expect(row.description).toMatch(/\.$/);
    expect(problemAdvice[code]).toMatch(/\.$/);
    expect(problemType(code)).toBe(`urn:leanvibe:problem:${code}`);
  });

  it('[W8] whose code is the reason of a close frame fit into one', () => {
    for (const [code, row] of problems) if (row.closeCode !== undefined) expect(code.length).toBeLessThanOrEqual(123);
  });

  it('[W4] know the verdicts that HTTP gives', () => {
    expect(cursorVerdicts.filter((verdict) => verdict in problemCatalogue)).toEqual([
      'cursor-expired',
      'cursor-invalid',
    ]);
  });
});

describe('events', () => {
  const expected: Record<EventType, [string, string]> = {
    task_created: ['tasks', 'medium'],
    task_updated: ['tasks', 'medium'],
    task_completed: ['tasks', 'medium'],
    task_deleted: ['tasks', 'medium'],
    task_restored: ['tasks', 'medium'],
    task_approval_requested: ['tasks', 'high'],
    task_approved: ['tasks', 'high'],
    task_rejected: ['tasks', 'high'],
    metrics_updated: ['metrics', 'low'],
    analysis_complete: ['analysis', 'medium'],
    decision_logged: ['agent', 'medium'],
    voice_command_processed: ['voice', 'low'],
    notification_sent: ['notifications', 'low'],
    agent_started: ['agent', 'medium'],
    agent_progress: ['agent', 'medium'],
    agent_completed: ['agent', 'medium'],
    agent_error: ['agent', 'high'],
    file_changed: ['files', 'debug'],
    system_ready: ['system', 'medium'],
    system_error: ['system', 'high'],
  };

  it('[E2] are these, on these channels, with these priorities', () => {
    const rows = eventTypes.map((type) => [type, [eventCatalogue[type].channel, eventCatalogue[type].priority]]);
    expect(Object.fromEntries(rows)).toEqual(expected);
  });

  it('[E3] have ascending priorities and no channel named all', () => {
    expect(eventPriorities).toEqual(['debug', 'low', 'medium', 'high', 'critical']);
    expect(eventChannels).not.toContain('all');
  });

  it('[E2] are kept, but for metrics_updated', () => {
    expect(eventTypes.filter((type) => !eventCatalogue[type].kept)).toEqual(['metrics_updated']);
  });

  it('[E1] have a place in the log exactly when they are kept', () => {
    const event = schemaExamples.LeanVibeEvent as LeanVibeEvent;
    expect(eventSchema('task_created').safeParse(event).success).toBe(true);
    expect(eventSchema('task_updated').safeParse(event).success).toBe(false);
    const { seq: _seq, cursor: _cursor, ...placeless } = event;
    expect(eventSchema('task_created').safeParse(placeless).success).toBe(false);
    expect(LeanVibeEvent.safeParse(placeless).success).toBe(false);
    const figures = { ...placeless, type: 'metrics_updated', channel: 'metrics', priority: 'low', data: {} };
    expect(eventSchema('metrics_updated').safeParse(figures).success).toBe(true);
    expect(eventSchema('metrics_updated').safeParse({ ...figures, seq: 1 }).success).toBe(false);
  });
});

describe('frames', () => {
  it.each(Object.entries({ ...clientFrames, ...serverFrames }))(
    '[W5] %s is described and has its own type',
    (type, frame) => {
      expect(frame.description).toMatch(/^[A-Z]/);
      expect(frame.shape.type.value).toBe(type);
    },
  );

  it('[W5] of clients and of the server are all read', () => {
    const types = (union: { options: readonly { shape: { type: { value: string } } }[] }) =>
      union.options.map((option) => option.shape.type.value);
    expect(types(ClientFrame)).toEqual(Object.keys(clientFrames));
    expect(types(ServerFrame)).toEqual(Object.keys(serverFrames));
  });

  it('[W5] no frame has the name of an event', () => {
    for (const type of Object.keys({ ...clientFrames, ...serverFrames })) expect(eventTypes).not.toContain(type);
  });
});
