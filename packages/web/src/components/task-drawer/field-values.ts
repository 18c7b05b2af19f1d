import type { TaskUpdate } from '@leanvibe/protocol/task';

type NumberField = 'estimated_hours' | 'actual_hours';

/** Hours as they are written in a field. */
export const hoursText = (hours: number | null): string => (hours === null ? '' : String(hours));

/** What a text says about hours; null when it is no number of hours. */
export function hoursChange(field: NumberField, text: string): TaskUpdate | null {
  if (text.trim() === '') return { [field]: null };
  const hours = Number(text.replace(',', '.'));
  return Number.isFinite(hours) && hours >= 0 ? { [field]: hours } : null;
}

/** A share of 1 as a field of per cent shows it. */
export const confidenceText = (share: number | null): string =>
  share === null ? '' : String(Math.round(share * 1000) / 10);

/** What a text says about the confidence, in per cent; null when it is none. */
export function confidenceChange(text: string): TaskUpdate | null {
  if (text.trim() === '') return { confidence_score: null };
  const percent = Number(text.replace(',', '.'));
  const isShare = Number.isFinite(percent) && percent >= 0 && percent <= 100;
  return isShare ? { confidence_score: Math.round(percent * 10) / 1000 } : null;
}

const twoDigits = (value: number): string => String(value).padStart(2, '0');

/** A time as a field of day and minute shows it, in the time zone of who looks. */
export function dueText(dueAt: string | null): string {
  if (dueAt === null) return '';
  const due = new Date(dueAt);
  const day = [due.getFullYear(), twoDigits(due.getMonth() + 1), twoDigits(due.getDate())].join('-');
  return `${day}T${twoDigits(due.getHours())}:${twoDigits(due.getMinutes())}`;
}

/** What such a text says about when the task is due; null when it is no time. */
export function dueChange(text: string): TaskUpdate | null {
  if (text === '') return { due_at: null };
  const due = new Date(text);
  return Number.isNaN(due.getTime()) ? null : { due_at: due.toISOString() };
}
