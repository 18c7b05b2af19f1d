import { readFileSync } from 'node:fs';
import type { Actor } from '@leanvibe/protocol/actor';
import type { Task } from '@leanvibe/protocol/task';
import type { TaskImport } from '@leanvibe/protocol/task-transfer';
import { HubError } from '../src/hub-error.ts';
import { temporaryStore } from '../src/database/store-fixture.ts';
import type { Receipt, StoredAnswer } from '../src/database/store.ts';
import { readTask, taskRow } from '../src/tasks/task-document.ts';
import { TaskExporter, type ExportFormat } from '../src/tasks/task-transfer-export.ts';
import { TaskImporter, type ConflictPolicy } from '../src/tasks/task-transfer-import.ts';

/** The moment at which every import and export of a test happens. */
export const importTime = '2026-11-22T11:05:12.345Z';
const actor: Actor = { kind: 'human', id: 'ada' };

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

/** A real store with the import and export over it. */
export async function openTransfer() {
  const opened = await temporaryStore(true);
  const { store } = opened;
  const clock = { now: () => Date.parse(importTime) };
  const importer = new TaskImporter({ store, clock });
  const exporter = new TaskExporter({ store, clock });
  const receiptOf = (key: string | null) => (answer: StoredAnswer) =>
    key === null ? undefined : ({ key, requestHash: 'hash', createdAt: importTime, answer } satisfies Receipt);
  return {
    store,
    file: opened.file,
    async bring(clientId: string, body: unknown, onConflict: ConflictPolicy = 'refuse', key: string | null = null) {
      const context = { actor, ifMatch: null, receipt: receiptOf(key) };
      const answer = await importer.import(clientId, body as TaskImport, onConflict, context);
      return JSON.parse(answer.body) as { imported: number; skipped: number };
    },
    async take(clientId: string, format: ExportFormat = 'json'): Promise<string> {
      const { pieces } = await exporter.export(clientId, format);
      return (await Array.fromAsync(pieces)).join('');
    },
    /** Puts tasks onto a board as they are. */
    async put(...tasks: Task[]) {
      for (const clientId of new Set(tasks.map((task) => task.client_id))) {
        const own = tasks.filter((task) => task.client_id === clientId);
        const result = await store.commit({
          clientId,
          tasks: own.map((task) => ({ row: taskRow(task), expectedVersion: 0 })),
        });
        if (result.outcome !== 'committed') throw new Error(result.outcome);
      }
    },
    /** Takes a task from its board, as deleting it does. */
    async remove(task: Task) {
      const row = taskRow({ ...task, version: task.version + 1 }, importTime);
      await store.commit({ clientId: task.client_id, tasks: [{ row, expectedVersion: task.version }] });
    },
    async tasks(clientId: string): Promise<Task[]> {
      const board = await store.board(clientId);
      return board.tasks.map(({ doc }) => readTask(doc));
    },
    [Symbol.asyncDispose]: () => opened[Symbol.asyncDispose](),
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

/** The refusal as a client sees it. */
export async function refusal(work: Promise<unknown>) {
  const error = await work.then(
    () => 'no refusal',
    (reason: unknown) => reason,
  );
  if (!(error instanceof HubError)) throw error;
  return { status: error.status, code: error.code, detail: error.message, ...error.extensions };
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
