import { elapsedText } from './elapsed-time.ts';

const minuteMs = 60_000;

/** How long ago something was, in few words. */
export function agoText(at: string, nowMs: number): string {
  const elapsedMs = nowMs - Date.parse(at);
  return elapsedMs < minuteMs ? 'just now' : `${elapsedText(elapsedMs)} ago`;
}
