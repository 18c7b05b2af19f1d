import { setImmediate as nextTurn } from 'node:timers/promises';
import { timestamp, type Clock } from '../clock.ts';
import type { Store } from '../database/store.ts';
import { defaultRules } from './board-rules.ts';
import { csvHeader, csvLines } from './task-csv.ts';
import { readTask } from './task-document.ts';

/** The forms in which a board can be taken away. */
export type ExportFormat = 'json' | 'csv';

/** A file that is being sent: what it is, what to call it, and its text in pieces. */
export type ExportedFile = { mediaType: string; name: string; pieces: AsyncIterable<string> };

/** `store`: where the board is read; `clock`: the time of the export. */
export type TaskExporterDeps = { store: Pick<Store, 'board'>; clock: Clock };

type Board = Awaited<ReturnType<Store['board']>>;

const tasksPerPiece = 100;

/** Takes a whole board, as it is at one moment, out into a file. */
export class TaskExporter {
  readonly #deps: TaskExporterDeps;

  constructor(deps: TaskExporterDeps) {
    this.#deps = deps;
  }

  /** Reads the board in one transaction; the file is made piece by piece while it is sent. */
  async export(clientId: string, format: ExportFormat): Promise<ExportedFile> {
    const board = await this.#deps.store.board(clientId);
    const exportedAt = timestamp(this.#deps.clock);
    // A colon may stand in the name of a workspace, but not in that of a file on Windows.
    const name = `leanvibe-${clientId.replaceAll(':', '_')}-${exportedAt.slice(0, 10)}.${format}`;
    return format === 'csv'
      ? { mediaType: 'text/csv; charset=utf-8; header=present', name, pieces: csvPieces(board) }
      : { mediaType: 'application/json; charset=utf-8', name, pieces: jsonPieces(board, clientId, exportedAt) };
  }
}

// The stored texts are joined as they are: what comes out is exactly what clients were served, and nothing is parsed.
async function* jsonPieces({ tasks, rules }: Board, clientId: string, exportedAt: string): AsyncGenerator<string> {
  const head = JSON.stringify({
    format: 'leanvibe-tasks',
    format_version: 1,
    client_id: clientId,
    exported_at: exportedAt,
  });
  yield `${head.slice(0, -1)},"board_rules":${rules ?? JSON.stringify(defaultRules(clientId))},"tasks":[`;
  let separator = '';
  for await (const docs of slicesOf(tasks)) {
    yield separator + docs.join(',');
    separator = ',';
  }
  yield ']}';
}

async function* csvPieces({ tasks }: Board): AsyncGenerator<string> {
  yield csvHeader();
  for await (const docs of slicesOf(tasks)) yield csvLines(docs.map(readTask));
}

async function* slicesOf(tasks: Board['tasks']): AsyncGenerator<string[]> {
  for (let start = 0; start < tasks.length; start += tasksPerPiece) {
    if (start > 0) await nextTurn();
    yield tasks.slice(start, start + tasksPerPiece).map(({ doc }) => doc);
  }
}
