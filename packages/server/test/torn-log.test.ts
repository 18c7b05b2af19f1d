import { copyFileSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { isDeepStrictEqual } from 'node:util';
import { expect, it } from 'vitest';
import { openSqliteStore } from '../src/database/sqlite-store.ts';
import { temporaryFolder } from '../src/database/store-fixture.ts';
import { StartRefused } from '../src/start-refused.ts';
import { auditDatabase, type DatabaseAudit } from './fault/database-audit.ts';
import { trialSeed } from './fault/seed.ts';
import { seededRandom, type Random } from './fault/seeded-random.ts';
import { WatchedServer } from './fault/watched-server.ts';

const seed = trialSeed();
const variants = 40;
const limits = { timeout: 120_000 };

const names = ['leanvibe.db', 'leanvibe.db-wal'] as const;

/** Shortens the log, or changes a byte of it, or a run of bytes. */
function damageLog(file: string, random: Random): string {
  const { length } = readFileSync(file);
  const at = random.below(length);
  if (random.next() < 0.4) {
    truncateSync(file, at);
    return `cut at ${at} of ${length}`;
  }
  const bytes = readFileSync(file);
  const end = random.next() < 0.7 ? at + 1 : Math.min(length, at + 512);
  for (let place = at; place < end; place += 1) bytes[place] = bytes[place]! ^ (1 + random.below(255));
  writeFileSync(file, bytes);
  return `changed from ${at} to ${end} of ${length}`;
}

/** Starts on a damaged copy. What it holds then; null when it was refused. */
async function openDamaged(folder: string): Promise<DatabaseAudit | null> {
  const file = join(folder, names[0]);
  try {
    const store = await openSqliteStore({ file, thread: false });
    await store.close();
  } catch (error) {
    if (error instanceof StartRefused) return null;
    throw error;
  }
  return auditDatabase(file);
}

/** Damages the log of copies of a killed server's database in many ways. Returns how many were refused, and how many had lost an end. */
async function damageCopies({ folder }: WatchedServer, whole: DatabaseAudit) {
  using scratch = temporaryFolder();
  const random = seededRandom(seed);
  const counts = { refused: 0, shortened: 0 };
  for (let variant = 0; variant < variants; variant += 1) {
    const copy = mkdtempSync(join(scratch.path, 'copy-'));
    for (const name of names) copyFileSync(join(folder, name), join(copy, name));
    const damage = damageLog(join(copy, names[1]), random);
    // Throws when anything is there by halves.
    const left = await openDamaged(copy);
    if (left === null) counts.refused += 1;
    else if (isShortened(left, whole, damage)) counts.shortened += 1;
    rmSync(copy, { recursive: true });
  }
  return counts;
}

/** Whether something is missing at the end of a log; anything else that is different fails the test. */
function isShortened(left: DatabaseAudit, whole: DatabaseAudit, damage: string): boolean {
  return [...whole].some(([clientId, { events: log }]) => {
    const events = left.get(clientId)?.events ?? [];
    expect(isDeepStrictEqual(events, log.slice(0, events.length)), damage).toBe(true);
    return events.length < log.length;
  });
}

it(
  `[C4] a write-ahead log that is cut or changed gives a beginning of what was (FAULT_SEED=${seed})`,
  limits,
  async () => {
    await using server = new WatchedServer(seed);
    await server.start();
    // Few enough that the server did not copy the log into the database yet.
    await server.write(40);
    const { audit } = await server.endAndReconcile('SIGKILL');
    const { refused, shortened } = await damageCopies(server, audit);
    expect(refused).toBe(0);
    expect(shortened).toBeGreaterThan(variants / 2);
  },
);

it(
  `[C4] one that was copied into the database before is refused where it would mix old with new (FAULT_SEED=${seed})`,
  limits,
  async () => {
    await using server = new WatchedServer(seed);
    await server.start();
    await server.write(80);
    await server.endAndReconcile('SIGTERM');
    await server.start();
    await server.write(60);
    const database = new DatabaseSync(server.databaseFile);
    database.exec('PRAGMA wal_checkpoint(PASSIVE)');
    database.close();
    const { audit } = await server.endAndReconcile('SIGKILL');
    const { refused } = await damageCopies(server, audit);
    expect(refused).toBeGreaterThan(variants / 2);
  },
);
