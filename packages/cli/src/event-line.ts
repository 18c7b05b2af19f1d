import { localClock } from './local-time.ts';
import { printable } from './printable.ts';
import { shortId } from './id-ending.ts';
import type { Terminal } from './terminal.ts';

/** As much of an event as a line shows. */
export type ShownEvent = {
  type: string;
  priority: string;
  timestamp: string;
  actor: { kind: string; id: string };
  data: Readonly<Record<string, unknown>>;
};

const typeWidth = 'task_approval_requested'.length;
const longestValue = 60;

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

const shorten = (text: string): string => (text.length > longestValue ? `${text.slice(0, longestValue - 1)}…` : text);

const spell = (value: unknown): string =>
  shorten(typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value)));

/** What changed, as `status: backlog → done`. What the server keeps for itself is left out. */
function spellChanges(changes: unknown): string {
  if (!isObject(changes)) return '';
  return Object.entries(changes)
    .filter(([field]) => field !== 'position' || Object.keys(changes).length === 1)
    .map(([field, change]) =>
      isObject(change) ? `${field}: ${spell(change['from'])} → ${spell(change['to'])}` : field,
    )
    .join(', ');
}

function subject(data: Readonly<Record<string, unknown>>): string {
  const { task, changes } = data;
  if (!isObject(task)) return spell(data);
  return `${shortId(String(task['id']))} ${spell(task['title'])}  ${spellChanges(changes)}`.trimEnd();
}

/** One event as one line for people. */
export function eventLine(event: ShownEvent, terminal: Terminal): string {
  const type = terminal.style(
    event.priority === 'high' || event.priority === 'critical' ? 'red' : 'cyan',
    printable(event.type).padEnd(typeWidth),
  );
  const actor = terminal.style('dim', printable(`(${event.actor.kind}:${event.actor.id})`));
  return `${terminal.style('dim', localClock(event.timestamp))}  ${type}  ${printable(subject(event.data))}  ${actor}`;
}
