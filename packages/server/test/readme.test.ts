import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import { createApp, type App } from '../src/create-app.ts';
import { readConfig } from '../src/config.ts';
import { settings } from '../src/settings.ts';
import { blocksAfter, documentedAddress, readDocument, runBlock } from './documented-shell.ts';
import { testConfig } from './test-config.ts';

const readme = readDocument('README.md');

const sectionOf = (name: string): string =>
  new RegExp(`<!-- ${name}:begin -->([\\s\\S]*?)<!-- ${name}:end -->`).exec(readme)?.[1] ?? '';

type Frame = Record<string, unknown> & { type: string };

const typesOf = (events: readonly Frame[]): string[] => events.map(({ type }) => type);

describe('the walk in the README', () => {
  const [createTask, moveTask, readLog, commandLine, ...furtherBlocks] = blocksAfter('run', readme);
  const [followSocket, followStream] = blocksAfter('follow', readme);
  const frames: Frame[] = [];
  const streamed: Frame[] = [];
  const config = testConfig();
  let app: App;
  let address: string;
  let socket: WebSocket;
  const stream = new AbortController();

  const run = (block: string): Promise<string> => runBlock(block, { address });

  const addressIn = (block: string | undefined, scheme: string): string =>
    new RegExp(`${scheme}://\\S+`).exec(block ?? '')![0].replace(documentedAddress, address);

  async function readStream(): Promise<void> {
    const response = await fetch(addressIn(followStream, 'http'), { signal: stream.signal });
    let rest = '';
    for await (const text of response.body!.pipeThrough(new TextDecoderStream())) {
      const messages = (rest + text).split('\n\n');
      rest = messages.pop()!;
      for (const message of messages) {
        const data = /^data: (.*)$/m.exec(message)?.[1];
        if (data !== undefined) streamed.push(JSON.parse(data) as Frame);
      }
    }
  }

  beforeAll(async () => {
    app = await createApp(config);
    address = new URL(app.url).host;
  });
  afterAll(async () => {
    stream.abort();
    socket?.terminate();
    await app[Symbol.asyncDispose]();
    config[Symbol.dispose]();
  });

  it('[C8] works as written, from the first task to the command line', { timeout: 60_000 }, async () => {
    const created = JSON.parse(await run(createTask!)) as { status: string; title: string };
    expect(created).toMatchObject({
      title: 'Write the release notes',
      status: 'backlog',
      priority: 'high',
      version: 1,
    });

    socket = new WebSocket(addressIn(followSocket, 'ws'));
    socket.on('message', (text: Buffer) => frames.push(JSON.parse(text.toString()) as Frame));
    const streamEnd = readStream().catch((error: unknown) => {
      if (!stream.signal.aborted) throw error;
    });
    await vi.waitFor(() => expect(typesOf(frames)).toEqual(['hello']), 5000);
    const [, documentedHello] = /^(\{"type":"hello".*\})$/m.exec(readme)!;
    const hello = JSON.parse(documentedHello!) as Frame;
    expect(frames[0]).toEqual({ ...hello, cursor: expect.any(String), connection_id: expect.any(String) });
    const connections = async () => ((await (await fetch(`${app.url}/connections`)).json()) as unknown[]).length;
    await vi.waitFor(async () => expect(await connections()).toBe(2), 5000);

    expect(JSON.parse(await run(moveTask!))).toMatchObject({ status: 'done', version: 2 });
    const expected = ['task_updated', 'task_completed'];
    await vi.waitFor(() => expect(typesOf(frames.slice(1))).toEqual(expected), 5000);
    await vi.waitFor(() => expect(typesOf(streamed)).toEqual(expected), 5000);
    expect(frames[1]).toMatchObject({
      seq: 2,
      actor: { kind: 'agent', id: 'claude' },
      data: { changes: { status: { from: 'backlog', to: 'done' } } },
    });

    const [log, board] = (await run(readLog!)).split(/(?<=\])(?=\{"columns")/);
    expect(typesOf(JSON.parse(log!) as Frame[])).toEqual(['task_created', ...expected]);
    expect(JSON.parse(board!)).toMatchObject({ total_tasks: 1, cursor: frames.at(-1)!['cursor'] });

    expect(await run(commandLine!)).toContain('Fix the login');
    stream.abort();
    await streamEnd;
    expect(furtherBlocks).toEqual([]);
  });
});

describe('the settings in the README', () => {
  const section = sectionOf('settings');
  const rows = [...section.matchAll(/^\| `(LEANVIBE_\w+)` \| (.*?) \|/gm)].map(([, variable, text]) => ({
    variable: variable!,
    text: text!,
  }));

  it('[C8] are those that the server reads, each once', () => {
    const variables = Object.values(settings).map(({ variable }) => variable);
    expect(rows.map(({ variable }) => variable).toSorted()).toEqual(variables.toSorted());
  });

  it('[C8] have the defaults that are written there: setting them changes nothing', () => {
    const literal = rows.flatMap(({ variable, text }) => {
      const value = /^`([^`]+)`(?: on loopback.*)?$/.exec(text)?.[1];
      return value === undefined ? [] : [[variable, value]];
    });
    expect(literal.length).toBeGreaterThan(8);
    for (const [variable, value] of literal)
      expect(readConfig({ [variable!]: value }), variable).toEqual(readConfig({}));
  });

  it('[S2] have the defaults that are written there, beyond loopback', () => {
    const beyond = rows.flatMap(({ variable, text }) => {
      const value = / on loopback, else `([^`]+)`$/.exec(text)?.[1];
      return value === undefined ? [] : [[variable, value]];
    });
    expect(beyond).toHaveLength(2);
    const open = { LEANVIBE_HOST: '0.0.0.0' };
    for (const [variable, value] of beyond) {
      expect(readConfig({ ...open, [variable!]: value }), variable).toEqual(readConfig(open));
    }
  });

  it('[C8] are `none` where nothing is set', () => {
    const config = readConfig({});
    expect(config).toMatchObject({ mirrorFile: null, modelUrl: null, model: null, projectFolder: null });
    expect(config.apns).toMatchObject({ credentials: null, topic: null, caFile: null });
    expect(config).toMatchObject({ vapidSubject: null, webPushAllow: [] });
  });
});
