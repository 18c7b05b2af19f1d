import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { cli, startCliServer, temporaryFolder, type CliServer } from './cli-fixture.ts';
import { exitCodes } from './cli-error.ts';

let server: CliServer;

beforeAll(async () => {
  server = await startCliServer({ LEANVIBE_AUTH: 'token' });
  nobody = `http://127.0.0.1:${await closedPort()}`;
});
afterAll(() => server[Symbol.asyncDispose]());

/** A port on which nobody listens. */
async function closedPort(): Promise<number> {
  const listener = createServer().listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const { port } = listener.address() as AddressInfo;
  listener.close();
  await once(listener, 'close');
  return port;
}

let nobody: string;

const commandLines = [
  [],
  ['serve'],
  ['status'],
  ['doctor'],
  ['tasks'],
  ...['list', 'add', 'show', 'move', 'done', 'rm', 'restore', 'import', 'export'].map((name) => ['tasks', name]),
  ['watch'],
  ['backup'],
  ['restore'],
  ['token'],
  ...['create', 'list', 'revoke'].map((name) => ['token', name]),
  ['pair'],
];

it.each(commandLines.map((line) => [line.join(' '), line] as const))(
  '[CLI] has help for "%s" on standard output',
  async (_name, line) => {
    const { code, stdout, stderr } = await cli([...line, '--help']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^Usage: leanvibe/);
    if (line.length > 0) expect(stdout).toMatch(/Examples:\n {2}.*leanvibe /);
  },
);

it('[CLI] lists every exit code in its help', async () => {
  const { stdout } = await cli(['--help']);
  for (const code of Object.values(exitCodes)) expect(stdout).toMatch(new RegExp(`^ {2}${code} {2}\\w`, 'm'));
});

it('[CLI] tells its version', async () => {
  expect(await cli(['--version'])).toEqual({ code: 0, stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/), stderr: '' });
});

it.each([
  [['taks', 'list'], 'Did you mean tasks?'],
  [['tasks', 'lst'], 'Did you mean one of list, ls?'],
  [['tasks', 'list', '--stauts', 'done'], 'Did you mean --status?'],
  [['serve', '--prot', '1'], 'Did you mean --port?'],
])('[CLI] suggests what %j may have meant, and exits with 2', async (argv, suggestion) => {
  expect(await cli(argv)).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining(suggestion) });
});

it.each([
  [[], 'Usage: leanvibe'],
  [['tasks'], 'Usage: leanvibe tasks'],
  [['tasks', 'add'], "missing required argument 'title'"],
  [['tasks', 'add', 'a', 'b'], 'too many arguments'],
  [['tasks', 'list', '--status', 'finished'], '"finished" is none of: backlog, in_progress, testing, done'],
  [['tasks', 'list', '--sort', 'title'], '"title" is none of: position'],
  [['tasks', 'list', '--limit', '0'], 'a whole number from 1 to 1000'],
  [['tasks', 'list', '--due-before', 'soon'], 'Write a time like'],
  [['tasks', 'add', 'x', '--confidence', '2'], 'a number from 0 to 1'],
  [['tasks', 'list', '-w', '../x'], 'The workspace "../x" must be'],
  [['tasks', 'list', '--actor', 'robot'], 'The actor "robot" must be'],
  [['tasks', 'list', '--url', 'localhost:8765'], 'localhost:8765 is not the address of a server'],
  [['token', 'create', 'x'], 'name the workspaces with --for, or give --admin, not both'],
  [['token', 'create', 'x', '--for', 'a b'], '--for: must be'],
  [['watch', '--channels', 'weather'], '"weather" is none of: tasks'],
])('[CLI] refuses %j with exit code 2', async (argv, message) => {
  expect(await cli(argv)).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining(message) });
});

it.each([[['status']], [['tasks', 'list']], [['watch']], [['pair']], [['token', 'list']], [['tasks', 'show', 'ab']]])(
  '[CLI] exits %j with 3 where no server is, and names the address',
  async (argv) => {
    const { code, stdout, stderr } = await cli([...argv, '--url', nobody]);
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
    expect(stderr).toMatch(/could not be reached \(.*127\.0\.0\.1:\d+\)\.\nhint: .*leanvibe serve/);
  },
);

it('[CLI] looks at the usual address where no server has announced itself', async () => {
  using folder = temporaryFolder();
  const { code, stderr } = await cli(['status', '--data-dir', folder.path]);
  // Another server may run there on the machine of a developer; then that one is shown.
  expect([0, 3]).toContain(code);
  if (code === 3) expect(stderr).toContain('127.0.0.1:8765');
});

it('[CLI] [S2] exits with 4 where the server refuses, and says how to get in', async () => {
  const { code, stdout, stderr } = await server.run(['tasks', 'list']);
  expect({ code, stdout }).toEqual({ code: 4, stdout: '' });
  expect(stderr).toMatch(/^error: .* \[unauthorized\]\nhint: Set LEANVIBE_TOKEN or give --token/);
});

it('[CLI] prints a refusal as JSON on standard error, with the problem of the server', async () => {
  const { code, stdout, stderr } = await server.run(['tasks', 'list', '--json']);
  expect({ code, stdout }).toEqual({ code: 4, stdout: '' });
  expect(JSON.parse(stderr).error).toMatchObject({
    message: expect.any(String),
    hint: expect.any(String),
    exit_code: 4,
    problem: { code: 'unauthorized', status: 401, request_id: expect.any(String) },
  });
});

it('[CLI] takes server, token, workspace and actor from the environment, and flags before these', async () => {
  const env = {
    LEANVIBE_URL: nobody,
    LEANVIBE_TOKEN: server.app.firstToken!,
    LEANVIBE_WORKSPACE: 'wrong',
    LEANVIBE_ACTOR: 'agent:from-env',
  };
  const flags = ['--url', server.app.url, '-w', 'right', '--actor', 'human:from-flag'];
  expect((await server.run(['tasks', 'add', 'x', ...flags], { env })).code).toBe(0);
  const history = await server.run(['tasks', 'list', '--json', '--url', server.app.url, '-w', 'right'], { env });
  const [{ id }] = JSON.parse(history.stdout);
  const events = await server.run(['tasks', 'show', id, '--history', '--json', ...flags], { env });
  expect(JSON.parse(events.stdout).actor).toEqual({ kind: 'human', id: 'from-flag' });
});

it('[CLI] exits with 130 when it is interrupted before it is done', async () => {
  const signal = AbortSignal.abort('SIGINT');
  expect(await server.run(['tasks', 'list'], { signal })).toEqual({ code: 130, stdout: '', stderr: '' });
});
