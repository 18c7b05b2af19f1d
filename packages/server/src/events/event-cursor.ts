import { createHash } from 'node:crypto';
import type { CursorVerdict } from '@leanvibe/protocol/socket-frames';
import type { WorkspaceHead } from '../database/store.ts';

/**
 * What the cursors of one workspace begin with. It differs per workspace, so that a cursor of another one is known as foreign, and
 * changes with the epoch of the store, so that a cursor from before a restore is.
 */
export const epochOf = (storeEpoch: string, clientId: string): string =>
  createHash('sha256').update(`${storeEpoch}:${clientId}`).digest('base64url').slice(0, 8);

/** The cursor that stands right after the event `seq`. */
export const encodeCursor = (epoch: string, seq: number): string => `${epoch}.${seq}`;

/** A position to go on from, or why there is none. */
export type CursorReading = { seq: number } | { verdict: CursorVerdict };

// One spelling per position: without leading zeros, and few enough digits to be exact as a number.
const cursorPattern = /^([A-Za-z0-9_-]{8})\.(0|[1-9]\d{0,14})$/;

/** Reads a cursor against the present state of its workspace. */
export function readCursor(cursor: string, epoch: string, head: WorkspaceHead): CursorReading {
  const match = cursorPattern.exec(cursor);
  if (match === null || match[1] !== epoch) return { verdict: 'cursor-invalid' };
  const seq = Number(match[2]);
  if (seq > head.seq) return { verdict: 'cursor-ahead' };
  // The event right after the cursor must still be kept; whoever has seen everything resumes even from an empty log.
  if (seq < head.firstSeq - 1) return { verdict: 'cursor-expired' };
  return { seq };
}
