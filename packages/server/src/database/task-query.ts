import type { SQLInputValue } from 'node:sqlite';
import type { TaskSortKey } from '@leanvibe/protocol/task';
import type { TaskFilter, TaskPlace, TaskSort } from './store.ts';

/** A condition or a whole query, with the values for its `?`s. */
export type Sql = { text: string; values: SQLInputValue[] };

/** One expression of an ORDER BY. */
type SortTerm = { expression: string; descending: boolean };

const placeholders = (count: number): string => Array.from({ length: count }, () => '?').join(', ');

/** Every word quoted (so that nothing in it is syntax) and read as the beginning of a word. */
const matchExpression = (words: readonly string[]): string =>
  words.map((word) => `"${word.replaceAll('"', '""')}"*`).join(' ');

function approvalCondition(states: readonly string[]): Sql {
  const named = states.filter((state) => state !== 'none');
  const parts = [
    ...(named.length > 0 ? [`approval_state IN (${placeholders(named.length)})`] : []),
    ...(named.length < states.length ? ['approval_state IS NULL'] : []),
  ];
  return { text: `(${parts.join(' OR ')})`, values: named };
}

const anyOf = (column: string, values: readonly string[] | undefined): Sql[] =>
  values ? [{ text: `${column} IN (${placeholders(values.length)})`, values: [...values] }] : [];

const compare = (condition: string, value: string | undefined): Sql[] =>
  value === undefined ? [] : [{ text: condition, values: [value] }];

/** The conditions that a filter sets, beginning with the workspace. */
export function filterSql(clientId: string, filter: TaskFilter): Sql {
  const conditions: Sql[] = [
    { text: 'client_id = ? AND deleted_at IS NULL', values: [clientId] },
    ...anyOf('status', filter.status),
    ...anyOf('priority', filter.priority),
    ...anyOf('assigned_to', filter.assignedTo),
    ...compare('created_at > ?', filter.createdAfter),
    ...compare('created_at < ?', filter.createdBefore),
    ...compare('due_at < ?', filter.dueBefore),
  ];
  if (filter.approval) conditions.push(approvalCondition(filter.approval));
  if (filter.tags) {
    const text = `ordinal IN (SELECT ordinal FROM task_tag WHERE client_id = ? AND tag IN (${placeholders(filter.tags.length)}))`;
    conditions.push({ text, values: [clientId, ...filter.tags] });
  }
  if (filter.words && filter.words.length > 0) {
    const text = 'ordinal IN (SELECT rowid FROM task_search WHERE task_search MATCH ?)';
    conditions.push({ text, values: [matchExpression(filter.words)] });
  }
  return { text: conditions.map((part) => part.text).join(' AND '), values: conditions.flatMap((part) => part.values) };
}

const sortTerms: Record<TaskSortKey, (descending: boolean) => SortTerm[]> = {
  // The rank is unique in its column, so no id is needed to tell two tasks apart.
  position: (descending) => [
    { expression: 'column_order', descending },
    { expression: 'position', descending },
  ],
  created_at: (descending) => [
    { expression: 'created_at', descending },
    { expression: 'id', descending },
  ],
  updated_at: (descending) => [
    { expression: 'updated_at', descending },
    { expression: 'id', descending },
  ],
  priority: (descending) => [
    { expression: 'priority_order', descending },
    { expression: 'id', descending },
  ],
  due_at: (descending) => [
    { expression: '(due_at IS NULL)', descending: false },
    { expression: `ifnull(due_at, '')`, descending },
    { expression: 'id', descending },
  ],
};

/** Lexicographic "comes after the place", one step per sort term, each in its own direction. */
function afterPlace(terms: readonly SortTerm[], place: TaskPlace): Sql {
  const values: SQLInputValue[] = [];
  const alternatives = terms.map((term, index) => {
    const equal = terms.slice(0, index).map((earlier, at) => {
      values.push(place[at] ?? null);
      return `${earlier.expression} = ?`;
    });
    values.push(place[index] ?? null);
    return `(${[...equal, `${term.expression} ${term.descending ? '<' : '>'} ?`].join(' AND ')})`;
  });
  // SQLite seeks in the index by the first term alone; the alternatives then pick the exact place.
  const [first] = terms as [SortTerm];
  const seek = `${first.expression} ${first.descending ? '<=' : '>='} ?`;
  return { text: `${seek} AND (${alternatives.join(' OR ')})`, values: [place[0] ?? null, ...values] };
}

/** The number of values in a place of this sort. */
export const placeLength = (key: TaskSortKey): number => sortTerms[key](false).length;

/** The query of one page: each row has `doc`, then the values of its place. */
export function pageSql(filter: Sql, sort: TaskSort, limit: number, after: TaskPlace | null): Sql {
  const terms = sortTerms[sort.key](sort.descending);
  const seek = after ? afterPlace(terms, after) : null;
  const columns = terms.map((term) => term.expression).join(', ');
  const order = terms.map((term) => `${term.expression} ${term.descending ? 'DESC' : 'ASC'}`).join(', ');
  const where = seek ? `${filter.text} AND ${seek.text}` : filter.text;
  return {
    text: `SELECT doc, ${columns} FROM task WHERE ${where} ORDER BY ${order} LIMIT ?`,
    values: [...filter.values, ...(seek?.values ?? []), limit],
  };
}
