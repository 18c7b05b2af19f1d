import type { Board, BoardRulesUpdate } from '@leanvibe/protocol/board';
import type { LeanVibeEvent } from '@leanvibe/protocol/event';
import type { Task } from '@leanvibe/protocol/task';
import { expect } from 'vitest';
import { createApp } from '../src/create-app.ts';
import type { Store } from '../src/database/store.ts';
import { epochOf } from '../src/events/event-cursor.ts';
import { eventText } from '../src/events/event-text.ts';
import { testConfig } from './test-config.ts';

/** What came back: `body` is the parsed JSON, undefined when there was none. */
export type Reply = { status: number; headers: Headers; text: string; body: unknown };

/** The members of a problem, and what it carries beside. */
export type Problem = { code: string; status: number; detail: string } & Record<string, unknown>;

/** An id that no task has. */
export const nobody = '019aa0c2-7c1e-7d4c-9d2f-5b7a3c1d9e01';

/** The client of one workspace of a server. Paths are those after `/tasks/{client_id}`. */
export class TestBoard {
  readonly origin: string;
  readonly store: Store;
  readonly clientId: string;

  constructor(origin: string, store: Store, clientId: string) {
    this.origin = origin;
    this.store = store;
    this.clientId = clientId;
  }

  async call(method: string, path = '', body?: unknown, headers: Record<string, string> = {}): Promise<Reply> {
    const response = await fetch(`${this.origin}/tasks/${this.clientId}${path}`, {
      method,
      headers: body === undefined ? headers : { 'content-type': 'application/json', ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const parsed: unknown = text === '' ? undefined : JSON.parse(text);
    return { status: response.status, headers: response.headers, text, body: parsed };
  }

  /** All events of the log. */
  async log(): Promise<LeanVibeEvent[]> {
    const events = await this.store.events(this.clientId, 0, 100_000);
    const epoch = epochOf(this.store.epoch, this.clientId);
    return events.map((event) => JSON.parse(eventText(event, epoch)) as LeanVibeEvent);
  }

  /** What an action is answered with, and the events that it causes. */
  async watch(action: () => Promise<Reply>) {
    const before = (await this.log()).length;
    const reply = await action();
    const events = (await this.log()).slice(before);
    return { ...reply, events, types: events.map((event) => event.type) };
  }

  async create(body: object = {}): Promise<Task> {
    const reply = await this.call('POST', '', { title: 'A task', ...body });
    expect(reply.status, reply.text).toBe(201);
    return reply.body as Task;
  }

  async get(id: string): Promise<Task> {
    return (await this.call('GET', `/${id}`)).body as Task;
  }

  async rules(update: BoardRulesUpdate): Promise<void> {
    const reply = await this.call('PUT', '/board/rules', update);
    expect(reply.status, reply.text).toBe(200);
  }

  async board(): Promise<Board> {
    return (await this.call('GET', '/board')).body as Board;
  }

  /** The titles of the tasks of each column, in order. */
  async columns(): Promise<Record<string, string[]>> {
    const { columns } = await this.board();
    return Object.fromEntries(columns.map(({ id, tasks }) => [id, tasks.map(({ title }) => title)]));
  }

  /** Another workspace of the same server. */
  at(clientId: string): TestBoard {
    return new TestBoard(this.origin, this.store, clientId);
  }
}

/** A board on a server of its own, which ends with it. */
export type OpenBoard = TestBoard & AsyncDisposable;

/** Starts a server and opens a board on it. */
export async function openBoard(clientId = 'alpha'): Promise<OpenBoard> {
  const config = testConfig();
  const app = await createApp(config);
  const end = async (): Promise<void> => {
    await app[Symbol.asyncDispose]();
    config[Symbol.dispose]();
  };
  return Object.assign(new TestBoard(app.url, app.store, clientId), { [Symbol.asyncDispose]: end });
}

/** Expects that a request was refused so, and that it caused no event. */
export function expectRefusal(reply: Reply & { types?: string[] }, status: number, code: string): Problem {
  expect(reply.body, reply.text).toMatchObject({ status, code });
  expect(reply.status).toBe(status);
  if (reply.types) expect(reply.types).toEqual([]);
  return reply.body as Problem;
}
