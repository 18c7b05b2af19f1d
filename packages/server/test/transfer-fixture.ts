import { readFileSync } from 'node:fs';
import { ProblemDetails } from '@leanvibe/protocol/problem';
import type { Task } from '@leanvibe/protocol/task';
import { TaskImportResult, type TaskImport } from '@leanvibe/protocol/task-transfer';
import { createApp } from '../src/create-app.ts';
import { readTask, taskRow } from '../src/tasks/task-document.ts';
import { testConfig } from './test-config.ts';

/** The moment at which every import and export of a test happens. */
export const importTime = '2026-11-22T11:05:12.345Z';

/** The n-th id of a test. */
export const uuid = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;

/** One of the files of the original. */
export const legacyFile = (name: string): TaskImport =>
  JSON.parse(readFileSync(new URL(`./legacy-tasks/${name}.json`, import.meta.url), 'utf8')) as TaskImport;

/** A task of the board with the usual values. */
export const boardTask = (clientId: string, n: number, change: Partial<Task> = {}): Task => ({
  id: uuid(n),
  client_id: clientId,
  version: 1,
  title: `Task ${n}`,
  description: null,
  status: 'backlog',
  priority: 'medium',
  position: `b${String(n).padStart(2, '0')}`,
  assigned_to: null,
  confidence_score: null,
  estimated_hours: null,
  actual_hours: null,
  due_at: null,
  started_at: null,
  completed_at: null,
  tags: [],
  depends_on: [],
  approval: null,
  metadata: {},
  created_at: '2026-01-01T00:00:00.000Z',
  updated_at: '2026-01-01T00:00:00.000Z',
  ...change,
});

/** A request that was refused, with the problem that it was answered with. */
class Refused extends Error {
  readonly problem: ProblemDetails;

  constructor(problem: ProblemDetails) {
    super(problem.detail);
    this.problem = problem;
  }
}

/** A server of its own, with what the tests of import and export do to it. */
export async function openTransfer() {
  const config = testConfig();
  const app = await createApp(config, { clock: { now: () => Date.parse(importTime) } });
  const { store } = app;
  return {
    store,
    file: config.databaseFile,
    /** Imports a file; throws when it is refused. */
    async bring(clientId: string, body: unknown, onConflict: 'refuse' | 'skip' = 'refuse'): Promise<TaskImportResult> {
      const answer = await fetch(`${app.url}/tasks/${clientId}/import?on_conflict=${onConflict}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-leanvibe-actor': 'human:ada' },
        body: JSON.stringify(body),
      });
      if (answer.status !== 200) throw new Refused(ProblemDetails.parse(await answer.json()));
      return TaskImportResult.parse(await answer.json());
    },
    /** Exports a board. */
    async take(clientId: string, format: 'json' | 'csv' = 'json'): Promise<string> {
      const answer = await fetch(`${app.url}/tasks/${clientId}/export?format=${format}`);
      return answer.text();
    },
    /** Puts tasks onto a board as they are. */
    async put(...tasks: Task[]) {
      for (const clientId of new Set(tasks.map((task) => task.client_id))) {
        const own = tasks.filter((task) => task.client_id === clientId);
        const writes = own.map((task) => ({ row: taskRow(task), expectedVersion: 0 }));
        const result = await store.commit({ clientId, tasks: writes });
        if (result.outcome !== 'committed') throw new Error(result.outcome);
      }
    },
    /** Takes a task from its board, as deleting it does, but without an event. */
    async remove(task: Task) {
      const row = taskRow({ ...task, version: task.version + 1 }, importTime);
      await store.commit({ clientId: task.client_id, tasks: [{ row, expectedVersion: task.version }] });
    },
    async tasks(clientId: string): Promise<Task[]> {
      const board = await store.board(clientId);
      return board.tasks.map(({ doc }) => readTask(doc));
    },
    async [Symbol.asyncDispose]() {
      await app.stop('shutting-down');
      config[Symbol.dispose]();
    },
  };
}

/** Rules that allow next to nothing. */
export const restrictive = {
  client_id: 'elsewhere',
  version: 7,
  updated_at: '2026-05-05T05:05:05.555Z',
  columns: {
    backlog: { wip_limit: 1, allowed_transitions: [] },
    in_progress: { wip_limit: 1, allowed_transitions: null },
    testing: { wip_limit: null, allowed_transitions: ['done'] },
    done: { wip_limit: 1, allowed_transitions: [] },
  },
  require_approval_for_done: true,
  enforce_dependencies: true,
};
/** An export with these tasks. */
export const exportOf = (tasks: unknown[], rest: object = {}) => ({
  format: 'leanvibe-tasks',
  format_version: 1,
  client_id: 'elsewhere',
  exported_at: importTime,
  tasks,
  ...rest,
});

/** The problem that a request is answered with. */
export async function refusal(work: Promise<unknown>): Promise<ProblemDetails> {
  const error = await work.then(
    () => new Error('it was not refused'),
    (reason: unknown) => reason,
  );
  if (!(error instanceof Refused)) throw error;
  return error.problem;
}

/** Reads CSV as RFC 4180 defines it. */
export function parseCsv(text: string): string[][] {
  const rows: string[][] = [];
  const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/gy;
  let row: string[] = [];
  let end = 0;
  for (const match of text.matchAll(cell)) {
    row.push(match[1]?.replaceAll('""', '"') ?? match[2]!);
    end = match.index + match[0].length;
    if (match[3] === ',') continue;
    rows.push(row);
    row = [];
  }
  if (end !== text.length) throw new Error(`no CSV at ${end}: ${text.slice(end, end + 50)}`);
  return rows;
}
