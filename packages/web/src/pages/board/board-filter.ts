import type { ApprovalState, Task, TaskPriority } from '@leanvibe/protocol/task';
import { approvalTitles, priorities } from '../../hub/task-values.ts';
import { dueStateOf } from '../../components/task-facts.ts';

/** When a task is due, as a filter asks for it. */
export type DueFilter = 'overdue' | 'today' | 'week' | 'none';

/** What the board is narrowed to. Each list means any of its values; an empty one, anything. */
export type BoardFilter = {
  words: string;
  priorities: readonly TaskPriority[];
  /** A name; the empty text is nobody. */
  assignees: readonly string[];
  tags: readonly string[];
  approvals: readonly ApprovalState[];
  due: DueFilter | null;
  isBlocked: boolean;
};

/** What a filter has to know beside the task. */
export type FilterFacts = { nowMs: number; isBlocked: (task: Task) => boolean };

const dueFilters: readonly DueFilter[] = ['overdue', 'today', 'week', 'none'];

/** Every parameter of the address that belongs to the filter. */
export const filterParameters = ['q', 'priority', 'assignee', 'tag', 'approval', 'due', 'blocked'] as const;

/** The filter that an address asks for. What it does not know it leaves out. */
export const readFilter = (search: URLSearchParams): BoardFilter => ({
  words: search.get('q') ?? '',
  priorities: priorities.filter((priority) => search.getAll('priority').includes(priority)),
  assignees: search.getAll('assignee'),
  tags: search.getAll('tag'),
  approvals: (Object.keys(approvalTitles) as ApprovalState[]).filter((state) =>
    search.getAll('approval').includes(state),
  ),
  due: dueFilters.find((due) => due === search.get('due')) ?? null,
  isBlocked: search.get('blocked') === 'yes',
});

/** The address with another filter; what does not belong to the filter stays. */
export function writeFilter(search: URLSearchParams, filter: BoardFilter): URLSearchParams {
  const written = new URLSearchParams(search);
  for (const name of filterParameters) written.delete(name);
  if (filter.words !== '') written.set('q', filter.words);
  for (const priority of filter.priorities) written.append('priority', priority);
  for (const assignee of filter.assignees) written.append('assignee', assignee);
  for (const tag of filter.tags) written.append('tag', tag);
  for (const approval of filter.approvals) written.append('approval', approval);
  if (filter.due !== null) written.set('due', filter.due);
  if (filter.isBlocked) written.set('blocked', 'yes');
  return written;
}

/** Whether a filter lets everything through. */
export const isFilterEmpty = (filter: BoardFilter): boolean => writeFilter(new URLSearchParams(), filter).size === 0;

const weekMs = 7 * 24 * 3_600_000;

const isDue = ({ due_at: due, status }: Task, wanted: DueFilter, nowMs: number): boolean => {
  if (due === null) return wanted === 'none';
  if (status === 'done') return false;
  const state = dueStateOf(due, nowMs);
  if (wanted === 'week') return Date.parse(due) - nowMs < weekMs;
  return wanted === 'today' ? state === 'today' : wanted === state;
};

const wordsOf = (text: string): string[] => text.toLowerCase().split(/\s+/).filter(Boolean);

const hasWords = ({ title, description, tags }: Task, words: readonly string[]): boolean => {
  if (words.length === 0) return true;
  const text = [title, description ?? '', ...tags].join('\n').toLowerCase();
  return words.every((word) => text.includes(word));
};

const isAnyOf = <Value>(wanted: readonly Value[], value: Value): boolean =>
  wanted.length === 0 || wanted.includes(value);

/** What decides whether a task is shown. All words have to be there; letter case does not count. */
export function matcherOf(filter: BoardFilter, { nowMs, isBlocked }: FilterFacts): (task: Task) => boolean {
  const words = wordsOf(filter.words);
  return (task) =>
    hasWords(task, words) &&
    isAnyOf(filter.priorities, task.priority) &&
    isAnyOf(filter.assignees, task.assigned_to ?? '') &&
    (filter.tags.length === 0 || filter.tags.some((tag) => task.tags.includes(tag))) &&
    (filter.approvals.length === 0 || (task.approval !== null && filter.approvals.includes(task.approval.state))) &&
    (filter.due === null || isDue(task, filter.due, nowMs)) &&
    (!filter.isBlocked || isBlocked(task));
}

/** The list with a value more, or without it if it was there. */
export const toggled = <Value>(values: readonly Value[], value: Value): Value[] =>
  values.includes(value) ? values.filter((other) => other !== value) : [...values, value];
