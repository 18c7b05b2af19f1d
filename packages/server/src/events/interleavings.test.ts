import { localHuman } from '@leanvibe/protocol/actor';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { temporaryStore, type SqliteStore } from '../database/store-fixture.ts';
import { InProcessBus } from '../messaging/in-process-bus.ts';
import type { EncodedEvent } from './encoded-event.ts';
import { eventDraft } from './event-draft.ts';
import type { EventSink } from './event-sink.ts';
import { EventStreamingService } from './event-streaming-service.ts';
import type { EventSubscription } from './event-subscription.ts';

/** A connection whose peer reads when the test says so. */
class Peer implements EventSink {
  lagging = false;
  /** What it was told, in order: the seq of an event, or a cursor's seq with `synced`. */
  readonly told: (number | `synced ${string}`)[] = [];
  readonly #queue: number;

  constructor(queue: number) {
    this.#queue = queue;
  }

  /** Takes so many sends before it lags. */
  send(events: readonly EncodedEvent[]): void {
    if (this.lagging) throw new Error('It was sent more than it takes.');
    this.told.push(...events.map(({ seq }) => seq!));
    if (this.#queue > 0 && this.told.length % this.#queue === 0) this.lagging = true;
  }

  synced(cursor: string): void {
    this.told.push(`synced ${cursor.split('.')[1]!}`);
  }

  expired(): void {
    throw new Error('Nothing was removed.');
  }
}

/** `from`: the seq to resume from, as a share of the log; null: live. `queue`: sends until it lags; 0: it never does. */
type Step =
  | { kind: 'publish'; events: number }
  | { kind: 'subscribe'; from: number | null; queue: number }
  | { kind: 'drain' }
  | { kind: 'pass'; turns: number };

const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    fc.record({ kind: fc.constant('publish' as const), events: fc.integer({ min: 1, max: 4 }) }),
    fc.record({
      kind: fc.constant('subscribe' as const),
      from: fc.option(fc.double({ min: 0, max: 1, noNaN: true })),
      queue: fc.integer({ min: 0, max: 3 }),
    }),
    fc.constant({ kind: 'drain' as const }),
    fc.record({ kind: fc.constant('pass' as const), turns: fc.integer({ min: 1, max: 4 }) }),
  ),
  { minLength: 4, maxLength: 24 },
);

/** One workspace, whose reads and wake-ups arrive when and in the order in which the scheduler lets them. */
class Stage {
  readonly #store: SqliteStore;
  readonly #clientId: string;
  readonly #scheduler: fc.Scheduler;
  readonly #bus = new InProcessBus();
  readonly #service: EventStreamingService;
  readonly readers: { peer: Peer; subscription: EventSubscription; start: number; resumed: boolean }[] = [];
  readonly errors: unknown[] = [];
  end = 0;

  constructor(store: SqliteStore, clientId: string, scheduler: fc.Scheduler) {
    this.#store = store;
    this.#clientId = clientId;
    this.#scheduler = scheduler;
    this.#service = new EventStreamingService({
      // The answer is that of the moment of the question, however late it comes.
      store: {
        epoch: store.epoch,
        head: (...workspace) => scheduler.schedule(store.head(...workspace), 'head'),
        events: (...page) => scheduler.schedule(store.events(...page), `events ${page.slice(1).join()}`),
      },
      bus: this.#bus,
      clock: { now: () => 0 },
      log: { error: (fields) => void this.errors.push(fields) },
    });
  }

  async take(step: Step): Promise<void> {
    if (step.kind === 'publish') return this.#publish(step.events);
    if (step.kind === 'subscribe') return void this.#subscribe(step.from, step.queue);
    if (step.kind === 'drain') return void this.#drain();
    for (let turn = 0; turn < step.turns && this.#scheduler.count() > 0; turn += 1) await this.#scheduler.waitNext(1);
  }

  /** Lets everything arrive, and every peer read to the end. */
  async finish(): Promise<void> {
    do {
      await this.#scheduler.waitIdle();
    } while (this.#drain());
    this.#service.close();
  }

  async #publish(events: number): Promise<void> {
    const facts = { clientId: this.#clientId, actor: localHuman, timestamp: '', data: {} };
    await this.#store.commit({
      clientId: this.#clientId,
      events: Array.from({ length: events }, () => eventDraft('agent_progress', facts)),
    });
    this.end += events;
    const seq = this.end;
    void this.#scheduler
      .schedule(Promise.resolve(), `wake-up ${seq}`)
      .then(() => this.#bus.publish({ clientId: this.#clientId, seq }));
  }

  async #subscribe(from: number | null, queue: number): Promise<void> {
    const seq = from === null ? null : Math.round(from * this.end);
    const cursor = seq === null ? undefined : this.#service.cursorAt(this.#clientId, seq);
    const arrival = await this.#service.arrive(this.#clientId, cursor);
    const peer = new Peer(queue);
    const selection = {
      channels: ['all' as const],
      minPriority: 'debug' as const,
      excludeFilePatterns: [],
      minConfidence: null,
    };
    const options = { selection, batchMs: 0, maxPerSecond: null };
    const subscription = this.#service.subscribe(arrival, peer, options);
    this.readers.push({ peer, subscription, start: seq ?? arrival.head.seq, resumed: seq !== null });
  }

  /** Peers that lag read what they were sent; says whether there were any. */
  #drain(): boolean {
    const lagging = this.readers.filter(({ peer }) => peer.lagging);
    for (const { peer, subscription } of lagging) {
      peer.lagging = false;
      subscription.wake();
    }
    return lagging.length > 0;
  }
}

it('[W2] gives each reader each event once and in order, and says synced where it is, however reads and wake-ups interleave', async () => {
  await using temporary = await temporaryStore(false);
  let runs = 0;
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), steps, async (scheduler, script) => {
      runs += 1;
      const stage = new Stage(temporary.store, `workspace-${runs}`, scheduler);
      for (const step of script) await stage.take(step);
      await stage.finish();
      expect(stage.errors).toEqual([]);
      for (const { peer, start, resumed } of stage.readers) {
        const seqs = peer.told.filter((entry) => typeof entry === 'number');
        expect(seqs).toEqual(Array.from({ length: stage.end - start }, (_, index) => start + index + 1));
        const places = peer.told.flatMap((entry, index) => (typeof entry === 'number' ? [] : [`${index}: ${entry}`]));
        const place = peer.told.findIndex((entry) => typeof entry === 'string');
        expect(places).toEqual(resumed ? [`${place}: synced ${start + place}`] : []);
      }
    }),
    { numRuns: 300 },
  );
});
