import type { TaskSortKey } from '@leanvibe/protocol/task';
import type { TaskQuery } from '@leanvibe/protocol/task-routes';
import type { TaskFilter, TaskSort } from '../database/store.ts';

// A word as the search index takes it: from the first letter or digit on, marks included, so that accents do not divide it.
const wordPattern = /[\p{L}\p{N}\p{Co}][\p{L}\p{N}\p{M}\p{Co}]*/gu;

/** The words of a search; undefined when there is none in it, which does not filter. */
export function searchWords(text: string | undefined): string[] | undefined {
  const words = text?.match(wordPattern) ?? [];
  return words.length === 0 ? undefined : [...new Set(words)];
}

/** Which tasks a query asks for. */
export const taskFilter = (query: TaskQuery): TaskFilter => ({
  status: query.status,
  priority: query.priority,
  assignedTo: query.assigned_to,
  tags: query.tag,
  words: searchWords(query.q),
  approval: query.approval,
  createdAfter: query.created_after,
  createdBefore: query.created_before,
  dueBefore: query.due_before,
});

/** The order that a query asks for. */
export const taskSort = ({ sort }: Pick<TaskQuery, 'sort'>): TaskSort => ({
  key: sort.replace('-', '') as TaskSortKey,
  descending: sort.startsWith('-'),
});
