import type { TaskCreate, TaskPriority } from '@leanvibe/protocol/task';
import { priorities } from '../../hub/task-values.ts';

/** What a line of quick add asks for. */
export type QuickAdd = Pick<TaskCreate, 'title' | 'priority' | 'tags' | 'assigned_to'>;

const maxTags = 32;

const priorityNamed = (name: string): TaskPriority | undefined =>
  name.toLowerCase() === 'urgent' ? 'critical' : priorities.find((priority) => priority === name.toLowerCase());

/**
 * Reads a line such as `Write the manual !high #docs @claude`. A mark counts only at the beginning of a word; a word that begins with a
 * backslash is taken as it stands, and so are unknown priorities and numbers such as `#42`. The last priority and the last name count.
 * Null when no title is left.
 */
export function parseQuickAdd(line: string): QuickAdd | null {
  const words: string[] = [];
  const found: Omit<QuickAdd, 'title'> = {};
  const tags = new Set<string>();
  for (const word of line.trim().split(/\s+/)) {
    const rest = word.slice(1);
    const priority = word.startsWith('!') ? priorityNamed(rest) : undefined;
    if (priority !== undefined) found.priority = priority;
    else if (/^#(?!\d+$)./u.test(word)) tags.add(rest.slice(0, 64));
    else if (/^@./u.test(word)) found.assigned_to = rest;
    else words.push(/^\\[!#@]/.test(word) ? rest : word);
  }
  const title = words.join(' ').slice(0, 255);
  if (title === '') return null;
  return { title, ...found, ...(tags.size > 0 && { tags: [...tags].slice(0, maxTags) }) };
}
