import type { Task } from '@leanvibe/protocol/task';
import { localDate } from './local-time.ts';
import { shortId } from './id-ending.ts';
import type { Terminal } from './terminal.ts';
import { tableLines, type Column } from './text-table.ts';

type TaskColumn = Column & { cell: (task: Task) => string; optional?: boolean };

function taskColumns(terminal: Terminal): TaskColumn[] {
  return [
    { heading: 'ID', cell: ({ id }) => shortId(id), style: (text) => terminal.style('yellow', text) },
    { heading: 'STATUS', cell: ({ status }) => status },
    {
      heading: 'PRIORITY',
      cell: ({ priority }) => priority,
      style: (text) => (/^(high|critical)/.test(text) ? terminal.style('red', text) : text),
    },
    { heading: 'TITLE', cell: ({ title }) => title, flexible: true },
    { heading: 'ASSIGNED', cell: ({ assigned_to }) => assigned_to ?? '', flexible: true, optional: true },
    { heading: 'APPROVAL', cell: ({ approval }) => approval?.state ?? '', optional: true },
    { heading: 'DUE', cell: ({ due_at }) => (due_at === null ? '' : localDate(due_at)), optional: true },
    { heading: 'TAGS', cell: ({ tags }) => tags.join(' '), flexible: true, optional: true },
  ];
}

/** Tasks as a table that fits the terminal. Columns in which no task has anything are left out. */
export function taskTable(tasks: readonly Task[], terminal: Terminal): string[] {
  const columns = taskColumns(terminal).filter(
    ({ optional, cell }) => !optional || tasks.some((task) => cell(task) !== ''),
  );
  const rows = tasks.map((task) => columns.map(({ cell }) => cell(task)));
  return tableLines(columns, rows, terminal.columns);
}
