import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, mkdirSync, openSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import type { Task } from '@leanvibe/protocol/task';
import { expect, it, vi } from 'vitest';
import { temporaryFolder } from './cli-fixture.ts';
import { runProcess, spawnCli } from './process-fixture.ts';
import type { Environment } from './terminal.ts';

// Each of these starts several processes; on a busy machine that takes a while.
vi.setConfig({ testTimeout: 90_000 });

/** A home in which nothing is yet. */
function emptyHome() {
  const home = temporaryFolder();
  return {
    ...home,
    env: { HOME: home.path, XDG_DATA_HOME: join(home.path, 'share'), APPDATA: home.path, LOCALAPPDATA: home.path },
  };
}

/** A server as `npm start` runs it, on a free port. */
async function startServe(env: Environment, ...flags: string[]) {
  const running = spawnCli(['serve', '--port', '0', ...flags], env);
  await running.until(({ stderr }) => /Open http:\S+/.test(stderr));
  return { ...running, url: /Open (http:\S+)/.exec(running.printed().stderr)![1]! };
}

it('[CLI] serves in an empty home, and every command finds it there', async () => {
  using home = emptyHome();
  await using server = await startServe(home.env);
  const added = await runProcess(['tasks', 'add', 'Write it'], home.env);
  expect(added).toMatchObject({ code: 0, stderr: 'Added "Write it" to Backlog.\n' });
  const id = added.stdout.trim();
  await using watching = spawnCli(['watch', '--json'], home.env);
  await watching.until(({ stderr }) => stderr.includes('Ctrl-C ends it.'));
  expect(await runProcess(['tasks', 'move', id.slice(-8), 'testing'], home.env)).toMatchObject({ code: 0 });
  expect(await runProcess(['tasks', 'done', id.slice(-8)], home.env)).toMatchObject({ code: 0 });
  const listed = JSON.parse((await runProcess(['tasks', 'list', '--json'], home.env)).stdout) as Task[];
  expect(listed.map((task) => [task.id, task.status])).toEqual([[id, 'done']]);
  await watching.until(({ stdout }) => stdout.split('\n').length === 4);
  watching.child.kill('SIGINT');
  const { code, stdout } = await watching.exited;
  const types = stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line).type);
  expect({ code, types }).toEqual({ code: 0, types: ['task_updated', 'task_updated', 'task_completed'] });
  server.child.kill('SIGTERM');
  expect(await server.exited).toMatchObject({ code: 0, signal: null });
});

it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
  '[W8] [CLI] stops on %s with exit code 0, sent twice at once or not',
  async (name) => {
    using home = emptyHome();
    await using server = await startServe(home.env);
    server.child.kill(name);
    server.child.kill(name);
    expect(await server.exited).toMatchObject({ code: 0, signal: null });
  },
);

it('[CLI] refuses a second server for the same folder, and names the first', async () => {
  using home = emptyHome();
  await using first = await startServe(home.env);
  const second = await runProcess(['serve', '--port', '0'], home.env);
  expect(second.code).toBe(1);
  expect(second.stderr).toContain(`in use by a running LeanVibe (process ${first.child.pid}, at ${first.url})`);
});

it('[CLI] refuses to serve with wrong settings, and names every one', async () => {
  using home = emptyHome();
  const refused = await runProcess(['serve', '--port', '99999'], {
    ...home.env,
    LEANVIBE_HOTS: 'x',
    LEANVIBE_AUTH: 'maybe',
  });
  expect(refused).toMatchObject({ code: 2, stdout: '' });
  for (const mistake of ['--port must be', 'Did you mean LEANVIBE_HOST?', 'LEANVIBE_AUTH must be none or token']) {
    expect(refused.stderr).toContain(mistake);
  }
});

it('[S3] [CLI] prints the first token and a pairing link when it is bound beyond this machine', async () => {
  using home = emptyHome();
  await using server = await startServe(home.env, '--host', '0.0.0.0');
  const { stderr } = server.printed();
  const token = /lv_[\w-]+/.exec(stderr)![0];
  expect(stderr).toMatch(/\/pair\?code=/);
  expect(await runProcess(['tasks', 'list'], home.env)).toMatchObject({ code: 4 });
  expect(await runProcess(['tasks', 'list'], { ...home.env, LEANVIBE_TOKEN: token })).toMatchObject({ code: 0 });
});

it('[T13] [CLI] offers the tasks of the original at the first start, and imports them as it says', async () => {
  using home = emptyHome();
  const project = join(home.path, 'project');
  mkdirSync(join(project, '.leanvibe_cache'), { recursive: true });
  const tasks = { t1: { id: 't1', title: 'Old', status: 'backlog', priority: 'medium' } };
  writeFileSync(join(project, '.leanvibe_cache', 'tasks.json'), JSON.stringify(tasks));
  const main = fileURLToPath(new URL('./main.ts', import.meta.url));
  const child = spawn(process.execPath, [main, 'serve', '--port', '0'], { env: home.env, cwd: project });
  let said = '';
  for await (const piece of child.stderr.setEncoding('utf8')) {
    said += piece;
    if (said.includes('leanvibe tasks import')) break;
  }
  const file = /leanvibe tasks import (\S+)/.exec(said)![1]!;
  expect(await runProcess(['tasks', 'import', file], home.env)).toMatchObject({
    code: 0,
    stderr: 'Imported 1 task.\n',
  });
  const closed = once(child, 'close');
  child.kill('SIGTERM');
  expect(await closed).toEqual([0, null]);
});

it('[CLI] ends quietly when its reader has seen enough', async () => {
  using home = emptyHome();
  await using server = await startServe(home.env);
  const operations = Array.from({ length: 1000 }, (_, index) => ({
    op: 'create',
    title: `task ${index} ${'x'.repeat(200)}`,
  }));
  await fetch(`${server.url}/tasks/default/bulk`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ operations }),
  });
  await using listing = spawnCli(['tasks', 'list', '--all', '--json'], home.env);
  listing.child.stdout.destroy();
  expect(await listing.exited).toMatchObject({ code: 0, stderr: '' });
  await using watching = spawnCli(['watch', '--json'], home.env);
  await watching.until(({ stderr }) => stderr.includes('Ctrl-C ends it.'));
  watching.child.stdout.destroy();
  // What is written into a closed pipe is noticed at the next write or the one after.
  for (const title of ['one', 'two', 'three']) await runProcess(['tasks', 'add', title], home.env);
  expect(await watching.exited).toMatchObject({ code: 0 });
});

it.runIf(existsSync('/dev/full'))('[CLI] exits with 1 where its output cannot be written', async () => {
  using home = emptyHome();
  const full = openSync('/dev/full', 'w');
  const main = fileURLToPath(new URL('./main.ts', import.meta.url));
  const child = spawn(process.execPath, [main, '--help'], { env: home.env, stdio: ['ignore', full, 'pipe'] });
  const ended = once(child, 'close');
  const said = await text(child.stderr!);
  await ended;
  closeSync(full);
  expect(said).toMatch(/^error: Standard output cannot be written \(ENOSPC/);
  expect(child.exitCode).toBe(1);
});

it('[CLI] runs from its launcher as well', async () => {
  const launcher = fileURLToPath(new URL('../bin/leanvibe.mjs', import.meta.url));
  await using running = spawnCli(['--version'], {}, launcher);
  expect(await running.exited).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
    stderr: '',
  });
});
