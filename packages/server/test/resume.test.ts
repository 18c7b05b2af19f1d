import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eventServer, until, type EventServer } from '../src/events/event-server-fixture.ts';
import { ResumeOracle, type Place } from './resume-oracle.ts';
import { openReader, transports, type Reader, type Transport } from './resume-reader.ts';

/** A client as a person would write one: it keeps a cursor and what it has seen, and reads the board when told to. */
type Client = { place: Place; cursor: string; reader: Reader | null; taken: number };

type Model = { oracle: ResumeOracle; connected: Set<number> };
type Real = { server: EventServer; oracle: ResumeOracle; clients: Client[]; backup: string; next: number };

const clientCount = 3;

/** Appends events with numbers of their own. */
async function publish(real: Real, counts: readonly number[]): Promise<void> {
  for (const count of counts) {
    const numbers = Array.from({ length: count }, () => (real.next += 1));
    real.oracle.append(numbers);
    await real.server.publish('alpha', ...numbers.map((n) => ({ n })));
  }
}

/** What a client was given must be what follows on its place, from the first on. */
function take(real: Real, client: Client): void {
  const entries = client.reader!.read();
  const expected = real.oracle.after(client.place);
  expect(entries.map(({ data }) => data.n)).toEqual(expected.slice(0, entries.length));
  expect(entries.map(({ seq }) => seq)).toEqual(entries.map((_, index) => client.place.seq + index + 1));
  client.taken = entries.length;
  client.cursor = entries.at(-1)?.cursor ?? client.cursor;
}

/** Waits until a client has everything there is. */
async function settle(real: Real, client: Client): Promise<void> {
  await client.reader!.reach(real.oracle.after(client.place).length);
  take(real, client);
}

/** Forgets the connection; what was taken counts. */
function part(real: Real, client: Client): void {
  take(real, client);
  client.place = { epoch: client.place.epoch, seq: client.place.seq + client.taken };
  client.reader = null;
}

async function settleAll({ clients, ...rest }: Real): Promise<void> {
  for (const client of clients) if (client.reader !== null) await settle({ clients, ...rest }, client);
}

class Publish implements fc.AsyncCommand<Model, Real> {
  readonly counts: readonly number[];
  constructor(counts: readonly number[]) {
    this.counts = counts;
  }
  check = () => true;
  async run(_model: Model, real: Real): Promise<void> {
    await publish(real, this.counts);
  }
  toString = () => `publish(${this.counts.join()})`;
}

/** Comes back, while events are published. */
class Connect implements fc.AsyncCommand<Model, Real> {
  readonly index: number;
  readonly transport: Transport;
  readonly meanwhile: readonly number[];
  constructor(index: number, transport: Transport, meanwhile: readonly number[]) {
    this.index = index;
    this.transport = transport;
    this.meanwhile = meanwhile;
  }
  check = ({ connected }: Model) => !connected.has(this.index);
  async run({ connected }: Model, real: Real): Promise<void> {
    const client = real.clients[this.index]!;
    const expected = real.oracle.verdict(client.place);
    const [reader] = await Promise.all([
      openReader(real.server, this.transport, client.cursor),
      publish(real, this.meanwhile),
    ]);
    expect(reader.verdict).toBe(expected);
    if (expected === 'resumes') {
      client.reader = reader;
      connected.add(this.index);
      return;
    }
    await reader.leave();
    // It reads the board, whose cursor is the end of the log.
    client.place = real.oracle.end();
    client.cursor = real.server.streaming.cursorAt('alpha', client.place.seq);
  }
  toString = () => `connect(${this.index}, ${this.transport}, publishing ${this.meanwhile.join()})`;
}

class Drop implements fc.AsyncCommand<Model, Real> {
  readonly index: number;
  constructor(index: number) {
    this.index = index;
  }
  check = ({ connected }: Model) => connected.has(this.index);
  async run({ connected }: Model, real: Real): Promise<void> {
    const client = real.clients[this.index]!;
    await client.reader!.leave();
    part(real, client);
    connected.delete(this.index);
  }
  toString = () => `drop(${this.index})`;
}

class Settle implements fc.AsyncCommand<Model, Real> {
  check = () => true;
  async run(_model: Model, real: Real): Promise<void> {
    await settleAll(real);
  }
  toString = () => 'settle';
}

/** Stops the server in some way; everybody has to come back. */
class Interrupt implements fc.AsyncCommand<Model, Real> {
  readonly kind: 'restart' | 'restore';
  constructor(kind: 'restart' | 'restore') {
    this.kind = kind;
  }
  check = ({ oracle }: Model) => this.kind === 'restart' || oracle.hasBackup;
  async run({ connected }: Model, real: Real): Promise<void> {
    if (this.kind === 'restore') await settleAll(real);
    const connectedClients = real.clients.filter(({ reader }) => reader !== null);
    for (const client of connectedClients) {
      await client.reader!.leave();
      part(real, client);
    }
    connected.clear();
    if (this.kind === 'restart') return real.server.restart();
    real.oracle.restore();
    await real.server.restore(real.backup);
  }
  toString = () => this.kind;
}

class Truncate implements fc.AsyncCommand<Model, Real> {
  readonly keep: number;
  constructor(keep: number) {
    this.keep = keep;
  }
  check = () => true;
  async run(_model: Model, real: Real): Promise<void> {
    await settleAll(real);
    real.oracle.keepLast(this.keep);
    await real.server.truncate(this.keep);
  }
  toString = () => `truncate(${this.keep})`;
}

class BackUp implements fc.AsyncCommand<Model, Real> {
  check = () => true;
  async run(_model: Model, real: Real): Promise<void> {
    real.oracle.backUp();
    real.backup = real.server.backUp();
  }
  toString = () => 'backup';
}

const burst = fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 4 });
const client = fc.integer({ min: 0, max: clientCount - 1 });
const connect = fc
  .tuple(client, fc.constantFrom(...transports), burst)
  .map(([index, transport, meanwhile]) => new Connect(index, transport, meanwhile));

const commands = fc.commands<Model, Real, false>(
  [
    burst.map((counts) => new Publish(counts)),
    connect,
    connect,
    client.map((index) => new Drop(index)),
    fc.constant(new Settle()),
    fc.constantFrom('restart' as const, 'restore' as const).map((kind) => new Interrupt(kind)),
    fc.integer({ min: 0, max: 60 }).map((keep) => new Truncate(keep)),
    fc.constant(new BackUp()),
  ],
  { maxCommands: 25 },
);

describe('a reader that comes back', () => {
  it('[W2] gets each event once and in order, or is told to read the board, whatever happens on any transport', async () => {
    await fc.assert(
      fc.asyncProperty(commands, async (schedule) => {
        await using server = await eventServer({ cacheBytes: 50_000 });
        const oracle = new ResumeOracle();
        const cursor = server.streaming.cursorAt('alpha', 0);
        const clients = Array.from({ length: clientCount }, () => ({
          place: oracle.end(),
          cursor,
          reader: null,
          taken: 0,
        }));
        const real: Real = { server, oracle, clients, backup: '', next: 0 };
        await fc.asyncModelRun(() => ({ model: { oracle, connected: new Set<number>() }, real }), schedule);
        await settleAll(real);
        expect(server.errors).toEqual([]);
      }),
      { numRuns: 60 },
    );
  }, 120_000);
});

describe('the seam between replay and live', () => {
  it.each([0, 1, 2, 3, 5, 8, 13])(
    '[W2] loses and doubles nothing when events come %d turns after the socket',
    async (turns) => {
      await using server = await eventServer();
      await server.publish('alpha', ...Array.from({ length: 1100 }, (_, n) => ({ n: n + 1 })));
      const socket = server.open(`/ws/alpha?cursor=${server.streaming.cursorAt('alpha', 0)}`);
      let published = 1100;
      while (socket.frames.length === 0) {
        for (let turn = 0; turn < turns; turn += 1) await new Promise((resolve) => setImmediate(resolve));
        published = await server.publish('alpha', { n: (published += 1) });
      }
      // Now right into the backfill, one commit after the other, until it is over.
      while (!socket.frames.some(({ type }) => type === 'synced')) {
        for (let turn = 0; turn < turns; turn += 1) await new Promise((resolve) => setImmediate(resolve));
        published = await server.publish('alpha', { n: (published += 1) });
      }
      await socket.through(published);
      expect(socket.events.map(({ seq }) => seq)).toEqual(Array.from({ length: published }, (_, n) => n + 1));
      expect(socket.events.map(({ data }) => data['n'])).toEqual(socket.events.map(({ seq }) => seq));
    },
  );

  it('[W2] repairs itself when wake-ups are lost', async () => {
    await using server = await eventServer({ wakeUps: false });
    const socket = await server.connect('/ws/alpha');
    await server.publish('alpha', { n: 1 });
    await server.publish('alpha', { n: 2 });
    await socket.through(2);
    expect(socket.events.map(({ seq }) => seq)).toEqual([1, 2]);
  });

  it('[W2] ignores wake-ups that are doubled or late', async () => {
    await using server = await eventServer();
    const socket = await server.connect('/ws/alpha');
    await server.publish('alpha', { n: 1 }, { n: 2 });
    for (const seq of [1, 2, 2, 1]) server.run.bus.publish({ clientId: 'alpha', seq });
    await server.publish('alpha', { n: 3 });
    server.run.bus.publish({ clientId: 'alpha', seq: 2 });
    await socket.through(3);
    expect(socket.events.map(({ seq }) => seq)).toEqual([1, 2, 3]);
  });

  it('[W2] goes on where it was when the store could not be read for a while', async () => {
    await using server = await eventServer();
    await server.publish('alpha', { n: 1 });
    const live = await server.connect('/ws/alpha');
    server.run.counts.failing = true;
    const resuming = await server.connect(`/ws/alpha?cursor=${server.streaming.cursorAt('alpha', 0)}`);
    await server.publish('alpha', { n: 2 });
    await until(() => server.errors.length > 0);
    expect(server.streaming.health()).toMatchObject({ status: 'degraded', streams: 2 });
    server.run.counts.failing = false;
    await server.publish('alpha', { n: 3 });
    await Promise.all([live.through(3), resuming.through(3)]);
    expect(live.events.map(({ seq }) => seq)).toEqual([2, 3]);
    expect(resuming.events.map(({ seq }) => seq)).toEqual([1, 2, 3]);
    server.clock.nowMs += 10_000;
    expect(server.streaming.health()).toEqual({ status: 'ok', workspaces: 1, streams: 2, waiting: 0 });
    // One line says it; every reader meets the same.
    expect(server.errors).toHaveLength(1);
  });

  it('[C4] answers 503 while the store cannot be read', async () => {
    await using server = await eventServer();
    await server.publish('alpha', { n: 1 });
    server.run.counts.failing = true;
    const response = await fetch(`${server.url}/events/alpha/log`);
    expect(response.status).toBe(503);
    expect(await response.json()).toMatchObject({ code: 'storage-unavailable' });
  });

  it('[W4] asks for a snapshot when what a lagging reader needs is removed', async () => {
    // Without a cache: what it keeps may well be older than what the store does.
    await using server = await eventServer({ cacheBytes: 1 });
    await server.setPreferences('alpha', { max_events_per_second: 1 });
    const socket = await server.connect('/ws/alpha');
    for (let n = 1; n <= 5; n += 1) await server.publish('alpha', { n });
    await socket.through(1);
    await server.truncate(2);
    server.clock.nowMs += 1000;
    const { reason, cursor } = await socket.frame('snapshot_required');
    expect({ reason, cursor }).toEqual({ reason: 'cursor-expired', cursor: server.streaming.cursorAt('alpha', 5) });
    server.clock.nowMs += 1000;
    await server.publish('alpha', { n: 6 });
    await socket.through(6);
    expect(socket.events.map(({ seq }) => seq)).toEqual([1, 6]);
  });
});

describe('a storm of readers that come back', () => {
  it('[E4] costs one read of the store for each stretch of the log, not for each reader', async () => {
    await using server = await eventServer();
    await server.publish('alpha', ...Array.from({ length: 2000 }, (_, n) => ({ n: n + 1 })));
    server.run.counts.events = 0;
    const sockets = await Promise.all(
      Array.from({ length: 50 }, (_, n) =>
        server.connect(`/ws/alpha?cursor=${server.streaming.cursorAt('alpha', 1000 + n * 20)}`),
      ),
    );
    await Promise.all(sockets.map((socket) => socket.frame('synced')));
    for (const [n, { events }] of sockets.entries()) expect(events).toHaveLength(1000 - n * 20);
    // Events 1001 to 2000 lie in three windows of 512; the last one may be read from its middle first.
    expect(server.run.counts.events).toBeLessThanOrEqual(4);
    await until(() => server.connections.list().every(({ queued_bytes: queued }) => queued === 0));
  });
});
