import type { Clock } from '../clock.ts';
import type { Store } from './store.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** How long deleted tasks can be restored (contract T5) and how long an idempotency key is remembered (C6). */
const deletedTasksKeptMs = 30 * dayMs;
const receiptsKeptMs = dayMs;

/** `retentionDays` and `retentionEvents` bound the event log of each workspace (contract E5). */
export type HousekeeperDeps = {
  store: Pick<Store, 'purge'>;
  clock: Clock;
  retentionDays: number;
  retentionEvents: number;
  /** Is told when a sweep failed; the next one tries again. */
  onError: (error: unknown) => void;
};

/** Removes what is past keeping, once an hour. */
export class Housekeeper {
  readonly #deps: HousekeeperDeps;
  readonly #timer: NodeJS.Timeout;
  #sweeping: Promise<void> = Promise.resolve();

  constructor(deps: HousekeeperDeps) {
    this.#deps = deps;
    this.#timer = setInterval(() => void this.sweep(), hourMs).unref();
  }

  /** Sweeps now, after the sweep that may be under way. Never rejects. */
  sweep(): Promise<void> {
    this.#sweeping = this.#sweeping.then(() => this.#sweep()).catch(this.#deps.onError);
    return this.#sweeping;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    clearInterval(this.#timer);
    await this.#sweeping;
  }

  #sweep(): Promise<void> {
    const { store, clock, retentionDays, retentionEvents } = this.#deps;
    const before = (ageMs: number): string => new Date(clock.now() - ageMs).toISOString();
    return store.purge({
      eventsBefore: before(retentionDays * dayMs),
      maxEvents: retentionEvents,
      deletedBefore: before(deletedTasksKeptMs),
      receiptsBefore: before(receiptsKeptMs),
    });
  }
}
