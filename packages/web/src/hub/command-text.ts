import type { SingleCommand, TaskCommand } from './task-command.ts';
import { statusTitles } from './task-values.ts';

/** A title within a sentence. */
export const quoted = (title: string): string => `“${title.length > 60 ? `${title.slice(0, 59)}…` : title}”`;

const fieldTitles: Readonly<Record<string, string>> = {
  title: 'the title',
  description: 'the description',
  status: 'the column',
  priority: 'the priority',
  assigned_to: 'who does it',
  confidence_score: 'the confidence',
  estimated_hours: 'the estimate',
  actual_hours: 'the hours spent',
  due_at: 'the due date',
  tags: 'the tags',
  depends_on: 'what it waits for',
  metadata: 'the metadata',
};

/** What people call a member of a task, within a sentence. */
export const fieldTitle = (field: string): string => fieldTitles[field] ?? field;

const verbs: Readonly<Record<SingleCommand['kind'], string>> = {
  create: 'Created',
  update: 'Changed',
  move: 'Moved',
  delete: 'Deleted',
  restore: 'Restored',
};

/** What a command has done, in a sentence for people. `count` is how many tasks it was done to. */
export function doneText(command: TaskCommand, count: number): string {
  switch (command.kind) {
    case 'bulk': {
      const [first] = command.commands;
      const target = first?.kind === 'move' ? ` to ${statusTitles[first.to.status]}` : '';
      return `${first === undefined ? 'Changed' : verbs[first.kind]} ${count} ${count === 1 ? 'task' : 'tasks'}${target}`;
    }
    case 'create':
      return `Created ${quoted(command.body.title)}`;
    case 'update': {
      const fields = Object.keys(command.changes);
      const what = fields.length === 1 ? `${fieldTitle(fields[0]!)} of ` : '';
      return `Changed ${what}${quoted(command.before.title)}`;
    }
    case 'move':
      return movedText(command);
    case 'request-approval':
      return `Asked for approval of ${quoted(command.before.title)}`;
    case 'approve':
      return `Approved ${quoted(command.before.title)}`;
    case 'reject':
      return `Rejected ${quoted(command.before.title)}`;
    case 'delete':
    case 'restore':
      return `${verbs[command.kind]} ${quoted(command.before.title)}`;
  }
}

const movedText = ({ before, to }: Extract<SingleCommand, { kind: 'move' }>): string =>
  `Moved ${quoted(before.title)} ${to.status === before.status ? 'within' : 'to'} ${statusTitles[to.status]}`;
