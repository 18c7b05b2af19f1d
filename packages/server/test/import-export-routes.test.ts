import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LeanVibeEvent } from '@leanvibe/protocol/event';
import { ProblemDetails } from '@leanvibe/protocol/problem';
import type { Task } from '@leanvibe/protocol/task';
import { TaskExport } from '@leanvibe/protocol/task-transfer';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createApp } from '../src/create-app.ts';
import { csvColumns } from '../src/tasks/task-csv.ts';
import { testConfig } from './test-config.ts';
import { legacyFile, parseCsv } from './transfer-fixture.ts';

type Server = { url: string };

const get = (app: Server, path: string): Promise<Response> => fetch(`${app.url}${path}`);
const post = (app: Server, path: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`${app.url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });

describe('GET /tasks/{client_id}/export', () => {
  it('[T13] is a file to save, whose name says what it is', async () => {
    using config = testConfig();
    await using app = await createApp(config);
    await post(app, '/tasks/team:web', { title: 'A' });
    const json = await get(app, '/tasks/team:web/export');
    expect(json.status).toBe(200);
    expect(json.headers.get('content-type')).toMatch(/^application\/json/);
    expect(json.headers.get('content-disposition')).toMatch(
      /^attachment; filename="leanvibe-team_web-\d{4}-\d\d-\d\d\.json"$/,
    );
    expect(TaskExport.parse(await json.json()).tasks).toMatchObject([{ title: 'A' }]);
    const csv = await get(app, '/tasks/team:web/export?format=csv');
    expect(csv.headers.get('content-type')).toMatch(/^text\/csv/);
    expect(csv.headers.get('content-disposition')).toMatch(/\.csv"$/);
    expect(parseCsv(await csv.text())).toMatchObject([csvColumns, { length: csvColumns.length }]);
  });

  it('[T13] refuses a format that it does not have', async () => {
    using config = testConfig();
    await using app = await createApp(config);
    const answer = await get(app, '/tasks/w/export?format=xml');
    expect(answer.status).toBe(400);
    expect(ProblemDetails.parse(await answer.json())).toMatchObject({ errors: [{ path: 'format' }] });
  });
});

describe('POST /tasks/{client_id}/import', () => {
  it('[T13] says with dry_run what would come of it, or what is wrong, and writes nothing', async () => {
    using config = testConfig();
    await using app = await createApp(config);
    const task = (await (await post(app, '/tasks/w', { title: 'There' })).json()) as Task;
    const before = await (await get(app, '/events/w/log')).json();
    const file = [
      { title: 'A', status: 'doing' },
      { title: 'B', status: 'done' },
      { title: 'Again', id: task.id },
    ];
    const answer = await post(app, '/tasks/w/import?dry_run=true&on_conflict=skip', file, { 'idempotency-key': 'k' });
    expect([answer.status, await answer.json()]).toEqual([
      200,
      { imported: 2, skipped: 1, by_status: { backlog: 0, in_progress: 1, testing: 0, done: 1 } },
    ]);
    const refused = await post(app, '/tasks/w/import?dry_run=true', [{ title: '' }]);
    expect(ProblemDetails.parse(await refused.json())).toMatchObject({ code: 'import-refused' });
    const conflict = await post(app, '/tasks/w/import?dry_run=true', file);
    expect(ProblemDetails.parse(await conflict.json())).toMatchObject({ code: 'task-exists', task_ids: [task.id] });
    expect(await (await get(app, '/events/w/log')).json()).toEqual(before);
    const real = await post(app, '/tasks/w/import?on_conflict=skip', file, { 'idempotency-key': 'k' });
    expect(await real.json()).toEqual({ imported: 2, skipped: 1 });
  });

  it('[T13] brings an export into another workspace, through the log and onto the board', async () => {
    using config = testConfig();
    await using app = await createApp(config);
    const task = (await (await post(app, '/tasks/from', { title: 'A', tags: ['x'] })).json()) as Task;
    const file: unknown = await (await get(app, '/tasks/from/export')).json();
    const answer = await post(app, '/tasks/to/import', file, { 'x-leanvibe-actor': 'agent:claude' });
    expect([answer.status, await answer.json()]).toEqual([200, { imported: 1, skipped: 0 }]);
    expect(await (await get(app, `/tasks/to/${task.id}`)).json()).toEqual({ ...task, client_id: 'to' });
    const events = z.array(LeanVibeEvent).parse(await (await get(app, '/events/to/log')).json());
    expect(events).toMatchObject([
      { seq: 1, type: 'task_created', actor: { kind: 'agent', id: 'claude' }, data: { task: { id: task.id } } },
    ]);
  });

  it('[T13] takes the original’s file, and a body that is too large for other routes', async () => {
    using config = testConfig();
    await using app = await createApp(config);
    expect(await (await post(app, '/tasks/w/import', legacyFile('second-version'))).json()).toEqual({
      imported: 2,
      skipped: 0,
    });
    const large = Array.from({ length: 3000 }, (_, n) => ({ title: `Task ${n}`, description: 'x'.repeat(500) }));
    expect(await (await post(app, '/tasks/w/import', large)).json()).toEqual({ imported: 3000, skipped: 0 });
  });

  it('[T13] names the bad task in a problem', async () => {
    using config = testConfig();
    await using app = await createApp(config);
    const answer = await post(app, '/tasks/w/import', { a: { title: 'A' }, b: { title: '' } });
    expect(answer.status).toBe(400);
    const problem = ProblemDetails.parse(await answer.json());
    expect(problem).toMatchObject({ code: 'import-refused', errors: [{ path: 'tasks.b.title' }] });
    expect(problem.detail).toContain('tasks.b.title');
    expect(await (await get(app, '/tasks/w')).json()).toEqual([]);
  });

  it('[C6] answers a request that comes again with its first answer', async () => {
    using config = testConfig();
    await using app = await createApp(config);
    const once = () => post(app, '/tasks/w/import', [{ title: 'A' }], { 'idempotency-key': 'k' });
    expect(await (await once()).json()).toEqual({ imported: 1, skipped: 0 });
    expect(await (await once()).json()).toEqual({ imported: 1, skipped: 0 });
    expect(await (await get(app, '/tasks/w')).json()).toHaveLength(1);
    const other = await post(app, '/tasks/w/import', [{ title: 'B' }], { 'idempotency-key': 'k' });
    expect(other.status).toBe(409);
  });

  it('[T13] skips or refuses tasks that are there', async () => {
    using config = testConfig();
    await using app = await createApp(config);
    await post(app, '/tasks/w/import', legacyFile('first-version'));
    const refused = await post(app, '/tasks/w/import', legacyFile('first-version'));
    expect([refused.status, ((await refused.json()) as { code: string }).code]).toEqual([409, 'task-exists']);
    const skipped = await post(app, '/tasks/w/import?on_conflict=skip', legacyFile('first-version'));
    expect(await skipped.json()).toEqual({ imported: 0, skipped: 3 });
  });

  it('[C3] wants a file', async () => {
    using config = testConfig();
    await using app = await createApp(config);
    for (const body of ['text', 7, null]) expect((await post(app, '/tasks/w/import', body)).status).toBe(400);
  });
});

describe('the mirror of a server', () => {
  it('[T13] has what was written when the server ends, and can be imported', async () => {
    using config = testConfig();
    const mirrorFile = join(config.dataDir, 'tasks.json');
    await using app = await createApp({ ...config, mirrorFile });
    await post(app, '/tasks/w/import', legacyFile('second-version'));
    const health = (await (await get(app, '/health')).json()) as { components: Record<string, unknown> };
    expect(health.components).toMatchObject({ TaskMirror: { status: 'ok' } });
    const tasks = (await (await get(app, '/tasks/w')).json()) as Task[];
    await app.stop('shutting-down');
    const mirror = JSON.parse(readFileSync(mirrorFile, 'utf8')) as Record<string, Task>;
    expect(mirror).toEqual(Object.fromEntries(tasks.map((task) => [task.id, task])));
    await using next = await createApp({ ...config, mirrorFile: null });
    await post(next, '/tasks/again/import', mirror);
    expect(await (await get(next, '/tasks/again')).json()).toEqual(
      tasks.map((task) => ({ ...task, client_id: 'again' })),
    );
  });
});
