import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import type { Task } from '@leanvibe/protocol/task';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startCli, startCliServer, type CliServer, type RunOptions } from '../cli-fixture.ts';

let server: CliServer;

beforeAll(async () => {
  server = await startCliServer();
});
afterAll(() => server[Symbol.asyncDispose]());

/** Starts to watch a workspace, and waits until it is live. */
async function startWatching(workspace: string, flags: string[] = [], options: RunOptions = {}) {
  const interruption = new AbortController();
  const argv = ['watch', '-w', workspace, ...flags];
  const running = startCli(argv, { env: server.env, signal: interruption.signal, ...options });
  await running.until(({ stderr }) => stderr.includes('Ctrl-C ends it.'));
  return {
    ...running,
    interrupt: () => {
      interruption.abort('SIGINT');
      return running.result;
    },
  };
}

const add = (workspace: string, title: string): Promise<Task> => server.json('tasks', 'add', title, '-w', workspace);
const linesOf = (text: string): string[] => text.split('\n').filter((line) => line !== '');

it('[CLI] [W3] prints each event as one line of JSON, and exits with 0 on Ctrl-C', async () => {
  const watching = await startWatching('json', ['--json']);
  const task = await add('json', 'first \u009b31m');
  await server.run(['tasks', 'done', task.id, '-w', 'json']);
  await watching.until(({ stdout }) => linesOf(stdout).length === 3);
  const { code, stdout, stderr } = await watching.interrupt();
  expect(code).toBe(0);
  const events = linesOf(stdout).map((line) => JSON.parse(line));
  expect(events.map(({ type, seq }) => [type, seq])).toEqual([
    ['task_created', 1],
    ['task_updated', 2],
    ['task_completed', 3],
  ]);
  expect(events[0].data.task).toEqual(task);
  expect(stdout).not.toContain('\u009b');
  expect(stderr).toContain(`Go on from here: leanvibe watch --cursor ${events[2].cursor}\n`);
});

it('[CLI] [W3] prints events as lines for people, safe for the terminal', async () => {
  const watching = await startWatching('people');
  await add('people', 'evil \u001b[2J title');
  await watching.until(({ stdout }) => stdout.includes('\n'));
  const { stdout } = await watching.interrupt();
  expect(stdout).toMatch(/^\d\d:\d\d:\d\d {2}task_created {13}[0-9a-f]{8} evil {2}\[2J title {2}\(human:local\)\n$/);
});

it('[CLI] [W2] goes on from a cursor, and shows everything since', async () => {
  const first = await startWatching('resume', ['--json']);
  await add('resume', 'one');
  await first.until(({ stdout }) => stdout.includes('\n'));
  const { stderr } = await first.interrupt();
  const cursor = /--cursor (\S+)/.exec(stderr)![1]!;
  await add('resume', 'two');
  const second = await startWatching('resume', ['--json', '--cursor', cursor]);
  await second.until(({ stdout }) => stdout.includes('\n'));
  const { stdout } = await second.interrupt();
  expect(linesOf(stdout).map((line) => JSON.parse(line).data.task.title)).toEqual(['two']);
});

it('[CLI] [W4] says so when events are missing, also as JSON', async () => {
  const watching = await startWatching('lost', ['--json', '--cursor', 'nonsense.7']);
  await watching.until(({ stdout }) => stdout.includes('\n'));
  const { stdout, stderr } = await watching.interrupt();
  expect(JSON.parse(stdout)).toMatchObject({ type: 'snapshot_required', reason: 'cursor-invalid' });
  expect(stderr).toContain('Events are missing (cursor-invalid)');
});

it('[CLI] [W5] shows only the channels and priorities that are asked for', async () => {
  const high = await startWatching('filter', ['--json', '--min-priority', 'high', '--channels', 'tasks']);
  const { id } = await add('filter', 'x');
  await fetch(`${server.app.url}/tasks/filter/${id}/approval`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ requested_by: 'claude' }),
  });
  await high.until(({ stdout }) => stdout.includes('\n'));
  const { stdout } = await high.interrupt();
  expect(linesOf(stdout).map((line) => JSON.parse(line).type)).toEqual(['task_approval_requested']);
});

/** Passes connections on to a port, and can cut them. */
async function startRelay(port: number) {
  const sockets = new Set<Socket>();
  const relay = createServer((socket) => {
    const target = connect(port, '127.0.0.1');
    for (const end of [socket, target]) {
      sockets.add(end.on('error', () => {}));
      end.on('close', () => [socket, target].forEach((each) => each.destroy()));
    }
    socket.pipe(target).pipe(socket);
  }).listen(0, '127.0.0.1');
  await once(relay, 'listening');
  const cut = (): void => sockets.forEach((socket) => socket.destroy());
  return {
    url: `http://127.0.0.1:${(relay.address() as AddressInfo).port}`,
    cut,
    [Symbol.asyncDispose]: async () => {
      cut();
      relay.close();
      await once(relay, 'close');
    },
  };
}

it('[CLI] [W2] connects again by itself, and misses nothing', async () => {
  // Bound beyond loopback the server goes by any name, so also by that of the relay.
  const listening = await startCliServer({ LEANVIBE_HOST: '0.0.0.0' });
  await using _listening = listening;
  await using relay = await startRelay(Number(new URL(listening.app.url).port));
  const env = { LEANVIBE_TOKEN: listening.app.firstToken!, LEANVIBE_WORKSPACE: 'w' };
  const addHere = (title: string) => listening.run(['tasks', 'add', title], { env });
  const watching = await startWatching('w', ['--json', '--url', relay.url], { env });
  await addHere('before');
  await watching.until(({ stdout }) => stdout.includes('before'));
  relay.cut();
  await addHere('meanwhile');
  await watching.until(({ stdout }) => stdout.includes('meanwhile'));
  const { code, stdout, stderr } = await watching.interrupt();
  expect(code).toBe(0);
  expect(linesOf(stdout).map((line) => JSON.parse(line).data.task.title)).toEqual(['before', 'meanwhile']);
  expect(stderr).toMatch(/The connection is lost \(.*\); trying again …\nConnected again\./);
});
