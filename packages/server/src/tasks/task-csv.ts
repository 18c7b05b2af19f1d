import type { Task } from '@leanvibe/protocol/task';
import { stringify } from 'csv-stringify/sync';

/** The columns of the CSV form: the members of a task, in the order in which the server writes them. */
export const csvColumns = [
  'id',
  'client_id',
  'version',
  'title',
  'description',
  'status',
  'priority',
  'position',
  'assigned_to',
  'confidence_score',
  'estimated_hours',
  'actual_hours',
  'due_at',
  'started_at',
  'completed_at',
  'tags',
  'depends_on',
  'approval',
  'metadata',
  'created_at',
  'updated_at',
] as const satisfies readonly (keyof Task)[];

/** Joins a list with semicolons; one that belongs to an item, and a backslash, is written with a backslash before it. */
export const joinList = (items: readonly string[]): string =>
  items.map((item) => item.replaceAll(/[\\;]/g, String.raw`\$&`)).join(';');

const cellOf = (value: Task[keyof Task]): string | number | null => {
  if (Array.isArray(value)) return joinList(value);
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : value;
};

// A spreadsheet runs a cell that begins with one of these as a formula, wherever its text came from. `\n` is not in the list of
// csv-stringify's `escape_formulas`, though it begins a cell just as well.
const formulaStart = /^[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20]/;

/** Puts an apostrophe before a text that a spreadsheet would take for a formula (OWASP, CSV injection). */
export const harmlessCell = (cell: string | number | null): string | number | null =>
  typeof cell === 'string' && formulaStart.test(cell) ? `'${cell}` : cell;

// With this delimiter csv-stringify would leave a cell with a single line feed or carriage return without quotes.
const options = { record_delimiter: '\r\n', quoted_match: /[\r\n]/ } as const;

/** The first line of the file. */
export const csvHeader = (): string => stringify([[...csvColumns]], options);

/** One line per task (RFC 4180); nothing where a member is null. */
export const csvLines = (tasks: readonly Task[]): string =>
  stringify(
    tasks.map((task) => csvColumns.map((column) => harmlessCell(cellOf(task[column])))),
    options,
  );
