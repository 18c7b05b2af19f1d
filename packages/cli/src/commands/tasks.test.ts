import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Task } from '@leanvibe/protocol/task';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startCliServer, startCli, type CliServer, type RunOptions } from '../cli-fixture.ts';

let server: CliServer;
let workspaces = 0;

beforeAll(async () => {
  server = await startCliServer();
});
afterAll(() => server[Symbol.asyncDispose]());

/** The command line, pointed at a workspace that nobody else uses. */
function freshWorkspace() {
  const name = `w${(workspaces += 1)}`;
  const env = { LEANVIBE_WORKSPACE: name };
  return {
    name,
    env: { ...server.env, ...env },
    run: (argv: string[], options: RunOptions = {}) =>
      server.run(argv, { ...options, env: { ...env, ...options.env } }),
    json: <Value>(...argv: string[]): Promise<Value> => server.json(...argv, '--workspace', name),
    add: (...argv: string[]): Promise<Task> => server.json('tasks', 'add', ...argv, '--workspace', name),
  };
}

it('[CLI] adds a task with all that its flags say, and prints its id alone on standard output', async () => {
  const { run, json } = freshWorkspace();
  const flags = [
    '-p',
    'urgent',
    '--status',
    'todo',
    '-t',
    'docs',
    '-t',
    'web',
    '--assign',
    'claude',
    '--due',
    '2026-12-24T18:00:00Z',
  ];
  const more = ['--estimate', '2.5', '--confidence', '0.9', '--description', '-'];
  const added = await run(['tasks', 'add', ' Write it ', ...flags, ...more], { stdin: 'With *care*\n' });
  expect(added).toMatchObject({ code: 0, stderr: 'Added "Write it" to Backlog.\n' });
  expect(added.stdout).toMatch(/^[0-9a-f-]{36}\n$/);
  expect(await json('tasks', 'show', added.stdout.trim())).toMatchObject({
    title: 'Write it',
    description: 'With *care*\n',
    status: 'backlog',
    priority: 'critical',
    tags: ['docs', 'web'],
    assigned_to: 'claude',
    due_at: '2026-12-24T18:00:00.000Z',
    estimated_hours: 2.5,
    confidence_score: 0.9,
  });
});

it('[CLI] makes a task wait for others by the ends of their ids', async () => {
  const { add } = freshWorkspace();
  const first = await add('first');
  const second = await add('second', '--depends-on', first.id.slice(-8));
  expect(second.depends_on).toEqual([first.id]);
});

it('[CLI] lists what the filters name, in the order that is asked for', async () => {
  const { run, json, add } = freshWorkspace();
  await add('low', '-p', 'low', '--tag', 'a', '--due', '+1d');
  await add('high', '-p', 'high', '--status', 'testing', '--assign', 'me', '--due', '+9d');
  await add('mid', '--status', 'in_progress', '--tag', 'b');
  const titles = async (...argv: string[]) => (await json<Task[]>('tasks', 'list', ...argv)).map(({ title }) => title);
  expect(await titles()).toEqual(['low', 'mid', 'high']);
  expect(await titles('--sort', '-priority')).toEqual(['high', 'mid', 'low']);
  expect(await titles('--status', 'in_progress,testing')).toEqual(['mid', 'high']);
  expect(await titles('--status', 'todo', '--status', 'testing')).toEqual(['low', 'high']);
  expect(await titles('--priority', 'low,high')).toEqual(['low', 'high']);
  expect(await titles('--tag', 'a', '--tag', 'b')).toEqual(['low', 'mid']);
  expect(await titles('--assigned-to', 'me')).toEqual(['high']);
  expect(await titles('--search', 'mid')).toEqual(['mid']);
  expect(await titles('--approval', 'none')).toHaveLength(3);
  expect(await titles('--due-before', '+2d')).toEqual(['low']);
  expect(await titles('--created-after', '+1h')).toEqual([]);
  expect(await titles('--created-before', '+1h')).toHaveLength(3);
  expect(await run(['tasks', 'list', '--search', 'nothing'])).toEqual({ code: 0, stdout: '', stderr: 'No tasks.\n' });
});

it('[CLI] says when there are more tasks than it lists, and lists all on request', async () => {
  const { run, json, name } = freshWorkspace();
  const operations = Array.from({ length: 1003 }, (_, index) => ({ op: 'create', title: `task ${index}` }));
  for (const part of [operations.slice(0, 1000), operations.slice(1000)]) {
    await fetch(`${server.app.url}/tasks/${name}/bulk`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ operations: part }),
    });
  }
  const page = await run(['tasks', 'list', '-n', '2']);
  expect(page.stdout.trimEnd().split('\n')).toHaveLength(3);
  expect(page.stderr).toBe('2 of 1003 tasks; --all lists every one.\n');
  expect(await json('tasks', 'list', '--all')).toHaveLength(1003);
});

it('[CLI] fits the table to the terminal and lets no control character through', async () => {
  const { run, add } = freshWorkspace();
  await add(`long \u001b[31m${'x'.repeat(200)}`, '--assign', 'claude');
  const { stdout } = await run(['tasks', 'list'], { terminalColumns: 60, env: { NO_COLOR: '1' } });
  const [heading, row] = stdout.trimEnd().split('\n');
  expect(heading).toMatch(/^ID {8}STATUS {3}PRIORITY {2}TITLE +ASSIGNED$/);
  expect(heading).toHaveLength(60);
  expect(row).toMatch(/…  claude$/);
  expect(stdout).not.toContain('\u001b');
});

it('[CLI] prints colours on a terminal, and none where NO_COLOR, TERM=dumb, --no-color or a pipe say so', async () => {
  const { run, add } = freshWorkspace();
  await add('x');
  const list = async (options: RunOptions, ...flags: string[]) =>
    (await run(['tasks', 'list', ...flags], options)).stdout;
  expect(await list({ terminalColumns: 80 })).toContain('\u001b[33m');
  expect(await list({ terminalColumns: 80, env: { NO_COLOR: '1' } })).not.toContain('\u001b');
  expect(await list({ terminalColumns: 80, env: { TERM: 'dumb' } })).not.toContain('\u001b');
  expect(await list({ terminalColumns: 80 }, '--no-color')).not.toContain('\u001b');
  expect(await list({})).not.toContain('\u001b');
});

it('[CLI] shows a task with its description, and what happened to it', async () => {
  const { run, add } = freshWorkspace();
  const { id } = await add('Show me', '--description', 'one\n\u001b]0;evil\u0007two', '--tag', 'docs');
  const shown = await run(['tasks', 'show', id.slice(-8)]);
  expect(shown.stdout).toContain(
    `Show me\nid           ${id}\nstatus       backlog\npriority     medium\ntags         docs\n`,
  );
  expect(shown.stdout).toMatch(/\n\none\n \]0;evil two\n$/);
  await run(['tasks', 'move', id, 'testing', '--actor', 'agent:claude']);
  const history = await run(['tasks', 'show', id, '--history']);
  expect(history.stdout).toMatch(
    /task_created +.{8} Show me {2}\(human:local\)\n.*status: backlog → testing.*\(agent:claude\)\n$/,
  );
  const lines = (await run(['tasks', 'show', id, '--history', '--json'])).stdout.trimEnd().split('\n');
  expect(lines.map((line) => JSON.parse(line).type)).toEqual(['task_created', 'task_updated']);
});

it('[CLI] moves a task to the end of a column, or beside a neighbour', async () => {
  const { run, json, add } = freshWorkspace();
  const [a, b, c] = [await add('a'), await add('b'), await add('c')];
  const order = async () => (await json<Task[]>('tasks', 'list')).map(({ title }) => title).join('');
  expect((await run(['tasks', 'move', c.id, 'backlog', '--before', a.id.slice(-8)])).stderr).toBe(
    '"c" is in Backlog now.\n',
  );
  expect(await order()).toBe('cab');
  await run(['tasks', 'move', c.id, 'backlog', '--after', a.id]);
  expect(await order()).toBe('acb');
  await run(['tasks', 'move', a.id, 'todo']);
  expect(await order()).toBe('cba');
  const both = await run(['tasks', 'move', a.id, 'done', '--before', b.id, '--after', c.id]);
  expect(both).toMatchObject({ code: 2, stderr: expect.stringContaining('Only one of --before and --after') });
});

it('[CLI] finishes several tasks at once, and leaves alone what is done', async () => {
  const { run, add } = freshWorkspace();
  const [a, b] = [await add('a'), await add('b')];
  const done = await run(['tasks', 'done', a.id, b.id.slice(-8), '--json']);
  const finished = done.stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Task);
  expect(finished.map(({ status, version }) => [status, version])).toEqual([
    ['done', 2],
    ['done', 2],
  ]);
  expect(JSON.parse((await run(['tasks', 'done', a.id, '--json'])).stdout).version).toBe(2);
});

it('[CLI] asks a person before it deletes, and nobody else', async () => {
  const { env, run, json, add } = freshWorkspace();
  const { id } = await add('precious');
  const asked = startCli(['tasks', 'rm', id], { env, terminalColumns: 80 });
  await asked.until(({ stderr }) => stderr.includes('Delete "precious"? [y/N]'));
  asked.type('no\n');
  expect(await asked.result).toMatchObject({ code: 1, stderr: expect.stringContaining('Nothing was changed.') });
  expect(await json('tasks', 'list')).toHaveLength(1);
  const left = startCli(['tasks', 'rm', id], { env, terminalColumns: 80 });
  await left.until(({ stderr }) => stderr.includes('[y/N]'));
  left.hangUp();
  expect((await left.result).code).toBe(1);
  const interrupted = startCli(['tasks', 'rm', id], { env, terminalColumns: 80 });
  await interrupted.until(({ stderr }) => stderr.includes('[y/N]'));
  interrupted.type('\u0003');
  expect(await interrupted.result).toMatchObject({
    code: 130,
    stderr: expect.stringContaining('Nothing was changed.'),
  });
  const agreed = startCli(['tasks', 'rm', id], { env, terminalColumns: 80 });
  await agreed.until(({ stderr }) => stderr.includes('[y/N]'));
  agreed.type('y\n');
  expect((await agreed.result).code).toBe(0);
  await run(['tasks', 'restore', id]);
  const told = await run(['tasks', 'rm', id, '--yes'], { terminalColumns: 80 });
  expect(told.stderr).not.toContain('[y/N]');
  await run(['tasks', 'restore', id]);
  expect((await run(['tasks', 'rm', id])).code).toBe(0);
  expect(await json('tasks', 'list')).toEqual([]);
});

it('[CLI] restores a deleted task by the end of its id, and none that is on the board', async () => {
  const { run, json, add } = freshWorkspace();
  const [kept, gone] = [await add('kept'), await add('gone')];
  const deleted = await run(['tasks', 'rm', gone.id.slice(-8)]);
  expect(deleted.stderr).toBe(`Deleted "gone". Bring it back: leanvibe tasks restore ${gone.id}\n`);
  expect((await run(['tasks', 'restore', gone.id.slice(-8)])).stderr).toBe('"gone" is back in Backlog.\n');
  expect(await json('tasks', 'list')).toHaveLength(2);
  expect((await run(['tasks', 'restore', kept.id.slice(-8)])).code).toBe(4);
  const whole = await run(['tasks', 'restore', kept.id]);
  expect(whole).toMatchObject({ code: 4, stderr: expect.stringContaining('[task-not-deleted]') });
});

it('[CLI] lists the tasks that an ending could mean, and exits with 2', async () => {
  const { run, add } = freshWorkspace();
  for (let index = 0; index < 17; index += 1) await add(`task ${index}`);
  const { id } = await add('other');
  const digit = (await server.json<Task[]>('tasks', 'list', '-w', `w${workspaces}`))
    .map((task) => task.id.at(-1)!)
    .find((last, index, all) => all.indexOf(last) !== index)!;
  const refused = await run(['tasks', 'show', digit]);
  expect(refused).toMatchObject({ code: 2, stdout: '', stderr: expect.stringMatching(/tasks have ids that end in/) });
  expect((await run(['tasks', 'show', id])).code).toBe(0);
});

it('[CLI] [T13] carries a board over to another workspace through a pipe', async () => {
  const [from, to] = [freshWorkspace(), freshWorkspace()];
  await from.add('one', '--tag', 'x');
  await from.add('two', '--status', 'done');
  const exported = await from.run(['tasks', 'export']);
  const imported = await to.run(['tasks', 'import', '-'], { stdin: exported.stdout });
  expect(imported).toMatchObject({ code: 0, stderr: 'Imported 2 tasks.\n' });
  const strip = (tasks: Task[]) => tasks.map(({ client_id: _client, ...task }) => task);
  expect(strip(await to.json('tasks', 'list'))).toEqual(strip(await from.json('tasks', 'list')));
  const again = await to.run(['tasks', 'import', '-'], { stdin: exported.stdout });
  expect(again).toMatchObject({ code: 4, stderr: expect.stringContaining('--skip-existing') });
  expect(await to.run(['tasks', 'import', '-', '--skip-existing', '--json'], { stdin: exported.stdout })).toMatchObject(
    {
      code: 0,
      stdout: '{"imported":0,"skipped":2}\n',
    },
  );
});

it('[CLI] [T13] exports to a file, as JSON or CSV, relative to where it is run', async () => {
  const { run, add } = freshWorkspace();
  const { id } = await add('one, "two"');
  const file = join(server.folder, 'board.csv');
  writeFileSync(file, 'earlier');
  const cwd = server.folder;
  expect(await run(['tasks', 'export', '--format', 'csv', '-o', 'board.csv'], { cwd })).toEqual({
    code: 0,
    stdout: '',
    stderr: 'Wrote board.csv.\n',
  });
  expect(readFileSync(file, 'utf8')).toMatch(new RegExp(`^id,client_id,.*\\r\\n${id},.*"one, ""two"""`));
  await run(['tasks', 'export', '-o', 'board.json'], { cwd });
  expect(JSON.parse(readFileSync(join(cwd, 'board.json'), 'utf8')).tasks).toHaveLength(1);
  const nowhere = await run(['tasks', 'export', '-o', join(cwd, 'missing', 'x.json')]);
  expect(nowhere).toMatchObject({ code: 1, stderr: expect.stringContaining('ENOENT') });
});

it('[CLI] [T13] names the task that a file cannot be imported for, and imports nothing', async () => {
  const { run, json } = freshWorkspace();
  const refused = await run(['tasks', 'import', '-'], { stdin: JSON.stringify([{ title: 'good' }, { title: '' }]) });
  expect(refused).toMatchObject({ code: 4, stderr: expect.stringMatching(/\[import-refused\]\n {2}\S*1\S*: /) });
  expect(await json('tasks', 'list')).toEqual([]);
});

it('[CLI] tells what is wrong with a file that is no board', async () => {
  const { run } = freshWorkspace();
  const importing = (stdin: string) => run(['tasks', 'import', '-'], { stdin });
  expect(await importing('{')).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('Standard input is not JSON'),
  });
  expect(await importing('3')).toMatchObject({ code: 1, stderr: expect.stringContaining('has no tasks') });
  writeFileSync(join(server.folder, 'latin1.json'), Buffer.from([0x5b, 0x22, 0xe9, 0x22, 0x5d]));
  const latin1 = await run(['tasks', 'import', join(server.folder, 'latin1.json')]);
  expect(latin1).toMatchObject({ code: 1, stderr: expect.stringContaining('is not UTF-8') });
  expect(await run(['tasks', 'import', 'no-such-file.json'])).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('ENOENT'),
  });
});
