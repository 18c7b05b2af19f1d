import type { LeanVibeEvent } from '@leanvibe/protocol/event';

/** The events of one day, newest first. */
export type ActivityDay = { key: string; at: string; events: LeanVibeEvent[] };

/** Events, oldest first, by the days of the person who looks; the newest day and the newest event first. */
export function byDay(events: readonly LeanVibeEvent[]): ActivityDay[] {
  const days: ActivityDay[] = [];
  for (const event of events.toReversed()) {
    const key = new Date(event.timestamp).toDateString();
    const last = days.at(-1);
    if (last?.key === key) last.events.push(event);
    else days.push({ key, at: event.timestamp, events: [event] });
  }
  return days;
}

const dayMs = 24 * 3_600_000;

/** What people call a day. */
export function dayTitle(at: string, nowMs: number): string {
  const day = new Date(at).toDateString();
  if (day === new Date(nowMs).toDateString()) return 'Today';
  if (day === new Date(nowMs - dayMs).toDateString()) return 'Yesterday';
  return new Date(at).toLocaleDateString([], { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
}

/** A time as the platform's field for dates and times writes it: local, without a zone. */
export function localDateTime(ms: number): string {
  const offsetMs = new Date(ms).getTimezoneOffset() * 60_000;
  return new Date(ms - offsetMs).toISOString().slice(0, 16);
}
