import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Task } from '@leanvibe/protocol/task';
import type { TokenCreated } from '@leanvibe/protocol/token';
import { pino } from 'pino';
import { expect } from 'vitest';
import type { ServerConfig } from '../src/config.ts';
import { createApp, type App, type AppOverrides } from '../src/create-app.ts';
import { TestSocket } from '../src/events/test-socket-fixture.ts';
import { exchange, requestText, type RawAnswer } from '../src/http/raw-exchange-fixture.ts';
import { testConfig, type TestConfig } from './test-config.ts';

/** Longer than any answer may take; what takes this long hangs. */
export const hangMs = 15_000;

/** What came back: `body` is the parsed JSON, undefined when it was none. */
export type Reply = { status: number; headers: Headers; text: string; body: unknown };

/** A request as a test writes it. */
export type Call = { token?: string | undefined; body?: unknown; headers?: Record<string, string> };

/** How a token differs from one for the workspace `alpha` with the role `human`. */
export type TokenWish = { role?: string; admin?: boolean; client_ids?: string[]; expires_at?: string; name?: string };

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
};

/** A whole server under attack, with everything that it logs. */
export class Target implements AsyncDisposable {
  readonly app: App;
  readonly logged: readonly string[];
  readonly #config: TestConfig;

  constructor(app: App, config: TestConfig, logged: readonly string[]) {
    this.app = app;
    this.#config = config;
    this.logged = logged;
  }

  get url(): string {
    return this.app.url;
  }

  get port(): number {
    return Number(new URL(this.url).port);
  }

  get ownHost(): string {
    return `Host: localhost:${this.port}`;
  }

  /** The secret of the owner's token. */
  get owner(): string {
    return this.app.firstToken!;
  }

  async call(method: string, path: string, { token, body, headers = {} }: Call = {}): Promise<Reply> {
    const response = await fetch(this.url + path, {
      method,
      redirect: 'manual',
      signal: AbortSignal.timeout(hangMs),
      headers: {
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const isStream = response.headers.get('content-type')?.startsWith('text/event-stream') === true;
    if (isStream) await response.body!.cancel();
    const text = isStream ? '' : await response.text();
    return { status: response.status, headers: response.headers, text, body: parsed(text) };
  }

  /** Sends a request with exactly these header lines on a connection of its own, which ends with the answer. */
  raw(method: string, target: string, lines: readonly string[], body = ''): Promise<RawAnswer> {
    return exchange(this.port, requestText(method, target, lines, body));
  }

  /** Sends bytes as they are; they have to cause the end of the connection. */
  send(bytes: string | Buffer): Promise<RawAnswer> {
    return exchange(this.port, bytes);
  }

  socket(path: string, headers: Record<string, string> = {}, protocols: string[] = []): TestSocket {
    return new TestSocket(this.url.replace('http', 'ws') + path, headers, protocols);
  }

  async task(clientId: string, body: object = {}, token = this.app.firstToken ?? undefined): Promise<Task> {
    const reply = await this.call('POST', `/tasks/${clientId}`, { token, body: { title: 'A task', ...body } });
    expect(reply.status, reply.text).toBe(201);
    return reply.body as Task;
  }

  async token(wish: TokenWish = {}): Promise<TokenCreated> {
    const scope = wish.admin === true ? {} : { client_ids: ['alpha'] };
    const body = { name: 'a token', role: 'human', ...scope, ...wish };
    const reply = await this.call('POST', '/tokens', { token: this.owner, body });
    expect(reply.status, reply.text).toBe(201);
    return reply.body as TokenCreated;
  }

  /** Everything that is stored but the tokens, which note their use: two equal texts mean that nothing was changed. */
  state(): string {
    using database = new DatabaseSync(this.#config.databaseFile, { readOnly: true });
    const rows = (sql: string) => database.prepare(sql).all();
    return JSON.stringify([
      rows('SELECT * FROM workspace ORDER BY client_id'),
      rows('SELECT * FROM task ORDER BY client_id, id'),
      rows('SELECT * FROM event ORDER BY client_id, seq'),
      rows(`SELECT * FROM document WHERE kind <> 'token' ORDER BY client_id, kind, key`),
      rows('SELECT * FROM receipt ORDER BY client_id, key'),
    ]);
  }

  /** The bytes of every file in the data folder, as text. */
  filesAtRest(): string {
    const files = readdirSync(this.#config.dataDir, { recursive: true, withFileTypes: true });
    return files
      .filter((file) => file.isFile())
      .map((file) => readFileSync(join(file.parentPath, file.name), 'latin1'))
      .join('\n');
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.app.stop('shutting-down');
    this.#config[Symbol.dispose]();
  }
}

/** Starts the whole server. */
export async function startTarget(
  config: Partial<ServerConfig> = {},
  overrides: Omit<AppOverrides, 'log'> = {},
): Promise<Target> {
  const settings = testConfig(config);
  const logged: string[] = [];
  const log = pino({ level: 'trace', base: null }, { write: (line: string) => void logged.push(line) });
  return new Target(await createApp(settings, { ...overrides, log }), settings, logged);
}

/** Expects problem details that agree with the status, and nothing of the inside. */
export function expectProblem(answer: { status: number; text?: string; body: unknown }, status: number, code: string) {
  const body = typeof answer.body === 'string' ? parsed(answer.body) : answer.body;
  expect([answer.status, body], answer.text ?? '').toMatchObject([status, { status, code }]);
}
