import { columnTitles, type BoardRules } from '@leanvibe/protocol/board';
import { taskStatuses, type TaskStatus } from '@leanvibe/protocol/task';

type StoredTask = { status: TaskStatus; doc: string };

/** The whole board as clients get it, joined from the texts of its tasks. They come by column, in order of rank. */
export function boardText(tasks: readonly StoredTask[], rules: BoardRules, cursor: string): string {
  const columns = taskStatuses.map((status) => columnText(status, tasks, rules.columns[status].wip_limit));
  return `{"columns":[${columns.join(',')}],"total_tasks":${tasks.length},"cursor":${JSON.stringify(cursor)}}`;
}

function columnText(status: TaskStatus, tasks: readonly StoredTask[], wipLimit: number | null): string {
  const texts = tasks.filter((task) => task.status === status).map((task) => task.doc);
  const title = JSON.stringify(columnTitles[status]);
  const head = `"id":"${status}","title":${title},"status":"${status}","wip_limit":${wipLimit}`;
  return `{${head},"task_count":${texts.length},"tasks":[${texts.join(',')}]}`;
}
