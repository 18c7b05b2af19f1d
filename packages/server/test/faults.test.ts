import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { beforeAll, describe, expect, it, vi, type TestContext } from 'vitest';
import { temporaryFolder } from '../src/database/store-fixture.ts';
import { compileShim, shimObstacle } from './fault/compile-shim.ts';
import { EventFollower } from './fault/event-follower.ts';
import { FaultyDisk } from './fault/faulty-disk.ts';
import type { HubAnswer } from './fault/hub-caller.ts';
import { trialSeed } from './fault/seed.ts';
import { WatchedServer } from './fault/watched-server.ts';

const seed = trialSeed();
const obstacle = shimObstacle();
const isSkipped = obstacle !== null && !process.env['CI'];
const why = obstacle === null ? '' : ` (skipped: ${obstacle})`;

/** How long something may take that comes by itself. */
const patience = { timeout: 20_000, interval: 50 };

const problemOf = (answer: HubAnswer | null): { status?: number; code?: string } => {
  const { status, code } = JSON.parse(answer?.text ?? '{}') as { status?: number; code?: string };
  return { ...(status === undefined ? {} : { status }), ...(code === undefined ? {} : { code }) };
};

/** Writes one after the other until one is refused, and gives that refusal. */
async function firstRefusal(server: WatchedServer): Promise<HubAnswer | null> {
  for (;;) {
    const answer = await server.create();
    if (answer?.status !== 201) return answer;
  }
}

async function expectFullAndReading(server: WatchedServer): Promise<void> {
  const health = await server.caller.read<{ status: string; components: Record<string, { status: string }> }>(
    '/health',
  );
  expect(health.status).toBe('degraded');
  expect(health.components['Store']).toMatchObject({ status: 'degraded' });
  expect(await server.caller.read<unknown[]>('/tasks/alpha?limit=1000')).not.toHaveLength(0);
  expect((await server.caller.call('GET', '/tasks/alpha/board'))?.status).toBe(200);
  expect((await server.caller.call('GET', '/events/alpha/log'))?.status).toBe(200);
}

/** Waits until writing works again, without a restart. */
async function expectWritingAgain(server: WatchedServer): Promise<void> {
  await vi.waitFor(async () => expect((await server.create())?.status).toBe(201), patience);
  // The mirror tries again by itself too.
  await vi.waitFor(async () => expect(await server.caller.read('/health')).toMatchObject({ status: 'ok' }), patience);
  await server.write(30);
}

/** Writes until the server ends by itself, because its storage failed. */
async function expectToEnd(server: WatchedServer): Promise<void> {
  await server.writers.run(server.caller, 6, () => !server.process.isRunning);
  expect(await server.process.ended).toEqual({ code: 1, signal: null });
  server.ledger.loseOpenOnes();
}

/** The database has exactly what was promised, and a server whose disk works again goes on with it. */
async function expectToGoOn(server: WatchedServer): Promise<void> {
  server.reconcile();
  await server.start();
  await server.write(30);
  const { end } = await server.endAndReconcile('SIGTERM');
  expect(end.code).toBe(0);
}

describe.skipIf(isSkipped)(`a disk that fails${why}`, () => {
  let shim: string;
  beforeAll(() => {
    shim = compileShim('faultfs');
  });

  it(`[C4] answers 503 when a sync fails, ends, and has exactly what was acknowledged (FAULT_SEED=${seed})`, async () => {
    using disk = new FaultyDisk(shim);
    await using server = new WatchedServer(seed);
    await server.start(disk.env);
    await server.write(60);
    disk.failSyncs();
    await expectToEnd(server);
    expect(disk.counts.refusals).toBeGreaterThan(0);
    const refused = server.ledger.entries.filter((entry) => entry.status !== null && entry.status >= 500);
    expect(refused.length).toBeGreaterThan(0);
    for (const { answerText } of refused) expect(JSON.parse(answerText)).toMatchObject({ code: 'storage-unavailable' });
    await expectToGoOn(server);
  });

  it(`[C4] ends when the log cannot be copied into the database, and keeps what it acknowledged (FAULT_SEED=${seed})`, async () => {
    using disk = new FaultyDisk(shim);
    await using server = new WatchedServer(seed);
    await server.start({ ...disk.env, FAULT_EXCEPT: '-wal' });
    await server.write(10);
    disk.failSyncs();
    await expectToEnd(server);
    expect(disk.counts.refusals).toBeGreaterThan(0);
    await expectToGoOn(server);
  });

  it(`[C4] reads on while the disk is full, says so, and writes again when there is space (FAULT_SEED=${seed})`, async () => {
    using disk = new FaultyDisk(shim);
    await using server = new WatchedServer(seed);
    await server.start(disk.env);
    const follower = new EventFollower('alpha');
    expect(await follower.connect(server.port)).toBe('live');
    await server.write(60);
    disk.setFull(true);
    await server.writers.run(server.caller, 4, () => server.ledger.count('refused') >= 40);
    expect(problemOf(await server.create())).toEqual({ status: 503, code: 'storage-full' });
    await expectFullAndReading(server);
    disk.setFull(false);
    await expectWritingAgain(server);
    expect(disk.counts.refusals).toBeGreaterThan(0);
    const { end, audit } = await server.endAndReconcile('SIGTERM');
    expect(end.code).toBe(0);
    // The socket lived through it, and got everything.
    expect(await follower.closed).toBe(1012);
    follower.compare(audit.get('alpha')!.events, { complete: true });
  });

  it('[C4] stays readable and writable in order while every sync is slow', async () => {
    using disk = new FaultyDisk(shim);
    await using server = new WatchedServer(seed);
    await server.start(disk.env);
    await server.write(20);
    disk.slowSyncs(2000);
    const before = disk.counts.syncs;
    let answered = 0;
    const writes = Array.from({ length: 50 }, async () => {
      const answer = await server.create();
      answered += 1;
      return answer?.status;
    });
    await vi.waitFor(() => expect(disk.counts.syncs).toBeGreaterThan(before), patience);
    // All of these come and go while the first write still waits for the disk.
    for (let read = 0; read < 10; read += 1) await server.caller.read('/tasks/alpha?limit=100');
    expect(answered).toBe(0);
    disk.slowSyncs(0);
    expect(new Set(await Promise.all(writes))).toEqual(new Set([201]));
    // Those that came while one sync was under way share the next.
    expect(disk.counts.syncs - before).toBeLessThan(10);
    expect((await server.endAndReconcile('SIGTERM')).end.code).toBe(0);
  });
});

describe('a disk that is really full', () => {
  it(`[C4] reads on, writes nothing by halves, and writes again when there is space (FAULT_SEED=${seed})`, async (context) => {
    using parent = temporaryFolder();
    const folder = mountSmall(parent.path, context);
    try {
      await using server = new WatchedServer(seed, folder);
      await server.start({ LEANVIBE_MIRROR: join(folder, 'tasks.json') });
      await server.write(40);
      const filler = join(folder, 'filler');
      fill(filler);
      expect(problemOf(await firstRefusal(server))).toEqual({ status: 503, code: 'storage-full' });
      await expectFullAndReading(server);
      rmSync(filler);
      await expectWritingAgain(server);
      expect((await server.endAndReconcile('SIGTERM')).end.code).toBe(0);
    } finally {
      spawnSync('umount', [folder]);
    }
  });
});

it(`[C4] answers 503 while another program holds the database, and writes when that lets go (FAULT_SEED=${seed})`, async () => {
  await using server = new WatchedServer(seed);
  await server.start();
  await server.write(20);
  const other = new DatabaseSync(server.databaseFile);
  other.exec('BEGIN IMMEDIATE');
  expect(problemOf(await server.create())).toEqual({ status: 503, code: 'storage-unavailable' });
  expect(await server.caller.read<unknown[]>('/tasks/alpha')).not.toHaveLength(0);
  // The answer does not say why; the log does.
  await vi.waitFor(() => expect(server.process.output).toContain('database is locked'), patience);
  other.exec('ROLLBACK');
  other.close();
  await server.write(20);
  expect((await server.endAndReconcile('SIGTERM')).end.code).toBe(0);
});

describe('a stop', () => {
  it(`[W8] on SIGTERM under load finishes what it began, tells the sockets 1012, and exits with 0 (FAULT_SEED=${seed})`, async () => {
    await using server = new WatchedServer(seed);
    await server.start();
    const followers = ['alpha', 'alpha', 'beta'].map((clientId) => new EventFollower(clientId));
    for (const follower of followers) expect(await follower.connect(server.port)).toBe('live');
    const closings = followers.map((follower) => follower.closed);
    const goal = server.ledger.entries.length + 100;
    const writing = server.writers.run(server.caller, 8, () => !server.process.isRunning);
    await vi.waitFor(() => expect(server.ledger.entries.length).toBeGreaterThan(goal), patience);
    const { end, audit } = await server.endAndReconcile('SIGTERM');
    await writing;
    expect(end).toEqual({ code: 0, signal: null });
    expect(await Promise.all(closings)).toEqual([1012, 1012, 1012]);
    for (const follower of followers) follower.compare(audit.get(follower.clientId)!.events, { complete: false });
    // It has put its house in order: everything is in the one file.
    expect(existsSync(`${server.databaseFile}-wal`)).toBe(false);
  });
});

/** A file system of a few megabytes. */
function mountSmall(parent: string, context: TestContext): string {
  const folder = join(parent, 'small');
  mkdirSync(folder);
  const { status, stderr } = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=8m', 'leanvibe-test', folder], {
    encoding: 'utf8',
  });
  if (status !== 0) context.skip(`a small file system cannot be mounted here: ${stderr}`);
  return folder;
}

/** Leaves no space at all. */
function fill(file: string): void {
  for (let bytes = 1 << 20; bytes >= 1024; bytes >>= 1) {
    for (;;) {
      try {
        writeFileSync(file, Buffer.alloc(bytes), { flag: 'a' });
      } catch {
        break;
      }
    }
  }
}
