import { approvalTitles, priorityTitles, statusTitles } from '../hub/task-values.ts';
import { momentText } from './elapsed-time.ts';

/** A member of a task that changed, as people read it. */
export type ShownChange = { field: string; title: string; from: string; to: string };

const titles: Readonly<Record<string, string>> = {
  title: 'Title',
  description: 'Description',
  status: 'Column',
  priority: 'Priority',
  assigned_to: 'Done by',
  confidence_score: 'Confidence',
  estimated_hours: 'Estimated hours',
  actual_hours: 'Hours spent',
  due_at: 'Due',
  started_at: 'Started',
  completed_at: 'Completed',
  tags: 'Tags',
  depends_on: 'Waits for',
  approval: 'Approval',
  metadata: 'Metadata',
  position: 'Place',
};

/** What people call a member of a task. */
export const fieldLabel = (field: string): string => titles[field] ?? field;

// The server sets these as a consequence of others.
const consequences = new Set(['position', 'started_at', 'completed_at', 'updated_at', 'version']);

const longestText = 80;
const nothing = 'none';

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The changes of an event, those that somebody made before those that followed from them; the latter only where there are no others. */
export function changedFields(changes: unknown): string[] {
  const fields = isRecord(changes) ? Object.keys(changes) : [];
  const made = fields.filter((field) => !consequences.has(field));
  return made.length > 0 ? made : fields;
}

/** Each change with its values before and after. */
export const shownChanges = (changes: unknown): ShownChange[] =>
  changedFields(changes).flatMap((field) => {
    const change = (changes as Readonly<Record<string, unknown>>)[field];
    if (field === 'position' || !isRecord(change)) return [];
    return [
      { field, title: fieldLabel(field), from: valueText(field, change['from']), to: valueText(field, change['to']) },
    ];
  });

/** A value of a member of a task, in few words. */
export function valueText(field: string, value: unknown): string {
  if (value === null || value === undefined || value === '') return nothing;
  if (Array.isArray(value)) return value.length === 0 ? nothing : listText(field, value);
  if (field === 'approval' && isRecord(value)) return lookUp(approvalTitles, value['state']);
  if (field === 'status') return lookUp(statusTitles, value);
  if (field === 'priority') return lookUp(priorityTitles, value);
  if (field === 'confidence_score' && typeof value === 'number') return `${Math.round(value * 100)} %`;
  if (field.endsWith('_at') && typeof value === 'string') return momentText(value);
  return shortened(typeof value === 'string' ? value : JSON.stringify(value));
}

const listText = (field: string, values: readonly unknown[]): string =>
  field === 'depends_on' ? `${values.length} ${values.length === 1 ? 'task' : 'tasks'}` : shortened(values.join(', '));

const lookUp = (names: Readonly<Record<string, string>>, value: unknown): string =>
  names[String(value)] ?? String(value);

const shortened = (text: string): string => {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  return line.length > longestText ? `${line.slice(0, longestText - 1)}…` : line;
};
