import type { BoardRules } from '@leanvibe/protocol/board';
import { EntityId } from '@leanvibe/protocol/identifiers';
import type { ValidationIssue } from '@leanvibe/protocol/problem';
import type { TaskImport } from '@leanvibe/protocol/task-transfer';
import type { z } from 'zod';
import { validationIssues } from '../http/validation-issues.ts';
import { HubError } from '../hub-error.ts';
import { modernTask, withImported, type RawObject } from './legacy-tasks.ts';
import { TransferRules, TransferTask } from './task-transfer-schema.ts';

/** One task of a file before it is checked. `name` is how a message calls it, `key` its key in an object of id to task. */
export type TransferEntry = { name: string; key: string | null; raw: unknown };

/** A file that is to be imported: an export (which may bring board rules and has no unknown members), or something freer. */
export type TransferFile = { isExport: boolean; rules: BoardRules | null; entries: TransferEntry[] };

/**
 * A task of a file after checking. `fileId`: the id it has in the file; `uuid`: the same when it can stay; `dependsOn`: both of each
 * task it depends on; `workspace`: where it stood; `fromServer`: whether a LeanVibe server wrote it.
 */
export type TransferRecord = {
  name: string;
  task: TransferTask;
  fileId: string | null;
  uuid: string | null;
  dependsOn: { fileId: string; uuid: string | null }[];
  workspace: string | null;
  fromServer: boolean;
};

/** Problems beyond this many are counted, not listed: an answer must not be larger than the file. */
const listedIssues = 1000;
/** A body of 64 MiB could hold millions of empty tasks, each of which takes a kilobyte once it is a row and an event. */
const mostTasks = 200_000;

/** The refusal of a file that names everything that is wrong with it. */
export function importRefused(
  issues: readonly ValidationIssue[],
  code: 'import-refused' | 'dependency-cycle' = 'import-refused',
): HubError {
  const more =
    issues.length > listedIssues ? ` The first ${listedIssues} of ${issues.length} problems are listed.` : '';
  const first = issues[0]!;
  const detail = `Nothing was imported. ${first.path === '' ? 'The file' : first.path} ${first.message}.${more}`;
  return new HubError(code, detail, { extensions: { errors: issues.slice(0, listedIssues) } });
}

const isObject = (value: unknown): value is RawObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Finds out what kind of file it is. Throws `import-refused` when the frame of an export is not right. */
export function readTransferFile(body: TaskImport): TransferFile {
  if (Array.isArray(body)) return { isExport: false, rules: null, entries: entriesOfArray(body) };
  if (body['format'] === 'leanvibe-tasks') return readExport(body);
  const keys = Object.keys(body);
  refuseTooMany(keys.length);
  return { isExport: false, rules: null, entries: keys.map((key) => ({ name: key, key, raw: body[key] })) };
}

function refuseTooMany(count: number): void {
  if (count > mostTasks) throw importRefused([{ path: '', message: `must hold at most ${mostTasks} tasks` }]);
}

function readExport({ format_version: version, board_rules: rawRules, tasks, ...rest }: RawObject): TransferFile {
  if (version !== 1)
    throw importRefused([{ path: 'format_version', message: 'must be 1; a newer LeanVibe made this file' }]);
  const unknown = Object.keys(rest).filter((name) => !['format', 'client_id', 'exported_at'].includes(name));
  if (unknown.length > 0) throw importRefused(unknown.map((path) => ({ path, message: 'is not known here' })));
  if (!Array.isArray(tasks)) throw importRefused([{ path: 'tasks', message: 'must be an array of tasks' }]);
  if (rawRules === undefined) return { isExport: true, rules: null, entries: entriesOfArray(tasks) };
  const rules = TransferRules.safeParse(rawRules);
  if (!rules.success) throw importRefused(issuesOf(rules.error, 'board_rules'));
  return { isExport: true, rules: rules.data, entries: entriesOfArray(tasks) };
}

function entriesOfArray(tasks: readonly unknown[]): TransferEntry[] {
  refuseTooMany(tasks.length);
  return tasks.map((raw, index) => ({ name: nameOf(raw, index), key: null, raw }));
}

const nameOf = (raw: unknown, index: number): string => {
  const id = isObject(raw) ? raw['id'] : undefined;
  return typeof id === 'string' || typeof id === 'number' ? String(id) : String(index);
};

const uuidOf = (id: unknown): string | null => EntityId.safeParse(id).data ?? null;

/** Checks one task. */
export function readRecord(entry: TransferEntry, isExport: boolean): TransferRecord | ValidationIssue[] {
  const { raw, name } = entry;
  if (!isObject(raw)) return [{ path: `tasks.${name}`, message: 'must be an object, a task' }];
  const content = isExport ? raw : modernTask(raw);
  const oldId = entry.key ?? content['id'] ?? null;
  const uuid = uuidOf(oldId);
  // An id that cannot stay is noted before the check, because the note counts towards what metadata may hold.
  const isReplaced = oldId !== null && uuid === null;
  const metadata = isReplaced ? withImported(content['metadata'], { id: oldId }) : content['metadata'];
  const result = TransferTask.safeParse(metadata === undefined ? content : { ...content, metadata });
  if (!result.success) return issuesOf(result.error, `tasks.${name}`);
  const workspace = typeof raw['client_id'] === 'string' ? raw['client_id'] : null;
  const ownId = result.data.id === undefined ? null : String(result.data.id);
  const fileId = uuid ?? entry.key ?? ownId;
  const dependsOn = result.data.depends_on.map((id) => ({ fileId: String(id), uuid: uuidOf(id) }));
  return { name, task: result.data, fileId, uuid, dependsOn, workspace, fromServer: raw['version'] !== undefined };
}

const issuesOf = (error: z.ZodError, base: string): ValidationIssue[] =>
  validationIssues(error).map(({ path, message }) => ({ path: path === '' ? base : `${base}.${path}`, message }));
