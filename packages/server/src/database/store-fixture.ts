import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqliteStore, type SqliteStore } from './sqlite-store.ts';
import type { EventDraft, TaskRow, WriteSet } from './store.ts';

/** A fresh folder that is removed when the test is over. */
export function temporaryFolder(): { path: string; [Symbol.dispose](): void } {
  const path = mkdtempSync(join(tmpdir(), 'leanvibe-store-'));
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) };
}

/** A store in a fresh folder, closed and removed when the test is over. */
export async function temporaryStore(thread: boolean) {
  const folder = temporaryFolder();
  const file = join(folder.path, 'test.db');
  const store = await openSqliteStore({ file, thread });
  const dispose = async () => {
    await store.close();
    folder[Symbol.dispose]();
  };
  return { store, file, [Symbol.asyncDispose]: dispose };
}

const firstMoment = Date.parse('2026-11-01T00:00:00.000Z');

/** The n-th moment of test time, a second after the one before. */
export const moment = (n: number): string => new Date(firstMoment + n * 1000).toISOString();

/** A readable id: the n-th. */
export const idOf = (n: number): string => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`;

/** The n-th task: in the backlog, at rank n, made at moment n, unless said otherwise. */
export function taskRow(n: number, change: Partial<TaskRow> = {}): TaskRow {
  const row: Omit<TaskRow, 'doc'> = {
    id: idOf(n),
    version: 1,
    status: 'backlog',
    priority: 'medium',
    position: `a${String(n).padStart(6, '0')}`,
    title: `Task ${n}`,
    description: null,
    assignedTo: null,
    approvalState: null,
    tags: [],
    dependsOn: [],
    createdAt: moment(n),
    updatedAt: moment(n),
    dueAt: null,
    startedAt: null,
    completedAt: null,
    deletedAt: null,
    ...change,
  };
  const doc = JSON.stringify({
    id: row.id,
    version: row.version,
    title: row.title,
    description: row.description,
    status: row.status,
    tags: row.tags,
    depends_on: row.dependsOn,
  });
  return { ...row, doc };
}

/** The n-th event, about the n-th task. */
export function eventOf(n: number, change: Partial<EventDraft> = {}): EventDraft {
  return {
    id: idOf(1_000_000 + n),
    type: 'task_created',
    channel: 'tasks',
    priority: 'medium',
    timestamp: moment(n),
    taskId: idOf(n),
    body: `"client_id":"alpha","data":{"n":${n}}`,
    ...change,
  };
}

/** A write set that creates the n-th task of a workspace, with its event. */
export const creation = (clientId: string, n: number, change: Partial<TaskRow> = {}): WriteSet => ({
  clientId,
  tasks: [{ row: taskRow(n, change), expectedVersion: 0 }],
  events: [eventOf(n)],
});

/** Titles of a page of tasks, for short expectations. */
export const titlesOf = (docs: readonly string[]): string[] =>
  docs.map((doc) => (JSON.parse(doc) as { title: string }).title);

export type { SqliteStore };
