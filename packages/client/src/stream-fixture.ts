import { expect, vi } from 'vitest';
import type { EventStream } from './event-stream.ts';
import type { FakeHub } from './fake-hub-fixture.ts';
import { createLeanVibeClient, type LeanVibeClientOptions } from './leanvibe-client.ts';
import type { StreamItem, StreamOptions } from './stream-types.ts';

/** The cursor before the first event of a fake server. */
export const start = 'epoch001.0';

/** A stream that reconnects without waiting. */
export const openStream = (hub: FakeHub, options: StreamOptions = {}, client: Partial<LeanVibeClientOptions> = {}) =>
  createLeanVibeClient({ baseUrl: hub.url, clientId: 'fake', random: () => 0, ...client }).events.stream(options);

/** Waits for a condition. */
export const until = (condition: () => boolean): Promise<void> =>
  vi.waitFor(() => expect(condition()).toBe(true), { interval: 2, timeout: 5000 });

/** Reads so many items, or as many as there are. */
export async function take(stream: EventStream, count: number): Promise<StreamItem[]> {
  const items: StreamItem[] = [];
  while (items.length < count) {
    const { done, value } = await stream.next();
    if (done) break;
    items.push(value);
  }
  return items;
}

/** What items are, in short: their places in the log, or their types. */
export const seqs = (items: readonly StreamItem[]): unknown[] =>
  items.map((item) => ('seq' in item ? item.seq : item.type));
/** The numbers up to one. */
export const upTo = (end: number, from = 1): number[] =>
  Array.from({ length: end - from + 1 }, (_, index) => from + index);
