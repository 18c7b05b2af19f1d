import type { Board, BoardRulesUpdate } from '@leanvibe/protocol/board';
import type { LeanVibeEvent } from '@leanvibe/protocol/event';
import type { Task } from '@leanvibe/protocol/task';
import { expect } from 'vitest';
import { createApp } from '../src/create-app.ts';
import { epochOf } from '../src/events/event-cursor.ts';
import { eventText } from '../src/events/event-text.ts';
import { testConfig } from './test-config.ts';

/** What came back: `body` is the parsed JSON, undefined when there was none. */
export type Reply = { status: number; headers: Headers; text: string; body: unknown };

/** The members of a problem, and what it carries beside. */
export type Problem = { code: string; status: number; detail: string } & Record<string, unknown>;

/** An id that no task has. */
export const nobody = '019aa0c2-7c1e-7d4c-9d2f-5b7a3c1d9e01';

/** A server of its own with the client of one workspace; `call` paths are those after `/tasks/{client_id}`. */
export async function openBoard(clientId = 'alpha') {
  const config = testConfig();
  const app = await createApp(config);
  const { store, url: origin } = app;

  const call = async (
    method: string,
    path = '',
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Reply> => {
    const response = await fetch(`${origin}/tasks/${clientId}${path}`, {
      method,
      headers: body === undefined ? headers : { 'content-type': 'application/json', ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const parsed: unknown = text === '' ? undefined : JSON.parse(text);
    return { status: response.status, headers: response.headers, text, body: parsed };
  };

  /** All events of the log. */
  const log = async (): Promise<LeanVibeEvent[]> => {
    const events = await store.events(clientId, 0, 100_000);
    const epoch = epochOf(store.epoch, clientId);
    return events.map((event) => JSON.parse(eventText(event, epoch)) as LeanVibeEvent);
  };

  /** What an action is answered with, and the events that it causes. */
  const watch = async (action: () => Promise<Reply>) => {
    const before = (await log()).length;
    const reply = await action();
    const events = (await log()).slice(before);
    return { ...reply, events, types: events.map((event) => event.type) };
  };

  const create = async (body: object = {}): Promise<Task> => {
    const reply = await call('POST', '', { title: 'A task', ...body });
    expect(reply.status, reply.text).toBe(201);
    return reply.body as Task;
  };

  const get = async (id: string): Promise<Task> => (await call('GET', `/${id}`)).body as Task;

  const rules = async (update: BoardRulesUpdate): Promise<void> => {
    const reply = await call('PUT', '/board/rules', update);
    expect(reply.status, reply.text).toBe(200);
  };

  /** The titles of the tasks of each column, in order. */
  const columns = async (): Promise<Record<string, string[]>> => {
    const board = (await call('GET', '/board')).body as Board;
    return Object.fromEntries(board.columns.map(({ id, tasks }) => [id, tasks.map(({ title }) => title)]));
  };

  const dispose = async (): Promise<void> => {
    await app[Symbol.asyncDispose]();
    config[Symbol.dispose]();
  };

  return { origin, store, clientId, call, log, watch, create, get, rules, columns, [Symbol.asyncDispose]: dispose };
}

/** An open board. */
export type OpenBoard = Awaited<ReturnType<typeof openBoard>>;

/** Expects that a request was refused so, and that it caused no event. */
export function expectRefusal(reply: Reply & { types?: string[] }, status: number, code: string): Problem {
  expect(reply.body, reply.text).toMatchObject({ status, code });
  expect(reply.status).toBe(status);
  if (reply.types) expect(reply.types).toEqual([]);
  return reply.body as Problem;
}
