import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** A `tasks.json` of the original that lies in a folder. */
type LegacyTasksFile = { path: string; taskCount: number };

// Larger ones could not be sent to the import route anyway.
const largestFileBytes = 67_108_864;

/** Looks for the original's tasks in a folder; null when there are none that can be read. */
function findLegacyTasks(folder: string): LegacyTasksFile | null {
  const path = join(folder, '.leanvibe_cache', 'tasks.json');
  try {
    const stats = statSync(path);
    if (!stats.isFile() || stats.size > largestFileBytes) return null;
    const content: unknown = JSON.parse(readFileSync(path, 'utf8'));
    if (typeof content !== 'object' || content === null || Array.isArray(content)) return null;
    const taskCount = Object.keys(content).length;
    return taskCount === 0 ? null : { path, taskCount };
  } catch {
    return null;
  }
}

/** What is said at the first start in a folder in which the original kept tasks; null: nothing. It only offers, it never imports. */
export function offerLegacyImport(folder: string): string | null {
  const found = findLegacyTasks(folder);
  if (found === null) return null;
  const tasks = found.taskCount === 1 ? '1 task' : `${found.taskCount} tasks`;
  return `Found ${tasks} of an earlier LeanVibe in ${found.path}. To bring them onto the board:\n\n  leanvibe tasks import ${shellWord(found.path)}\n`;
}

const shellWord = (text: string): string =>
  /^[\w./:\\-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
