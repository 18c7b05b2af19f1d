import type { Actor } from '@leanvibe/protocol/actor';
import type { Receipt, StoredAnswer } from './database/store.ts';

/** Which versions an `If-Match` header accepts: any existing one, or one of these. */
export type VersionMatch = 'any' | readonly number[];

/**
 * What a change is made with, beside its content. `ifMatch` null: whatever version is there. `receipt` turns the answer of the
 * request into what is stored with the change when the request has an `Idempotency-Key`, and into undefined when it has none.
 */
export type WriteContext = {
  actor: Actor;
  ifMatch: VersionMatch | null;
  receipt: (answer: StoredAnswer) => Receipt | undefined;
};
