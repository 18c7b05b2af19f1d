import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
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
const variants = 60;

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

it(
  `[C4] a write-ahead log that was cut or changed gives a beginning of what was, or is refused (FAULT_SEED=${seed})`,
  { timeout: 120_000 },
  async () => {
    await using server = new WatchedServer(seed);
    using scratch = temporaryFolder();
    await server.start();
    await server.write(80);
    const { audit: whole } = await server.endAndReconcile('SIGKILL');
    expect(existsSync(join(server.folder, names[1]))).toBe(true);
    const random = seededRandom(seed);
    let shortened = 0;
    for (let variant = 0; variant < variants; variant += 1) {
      const folder = mkdtempSync(join(scratch.path, 'copy-'));
      for (const name of names) copyFileSync(join(server.folder, name), join(folder, name));
      const damage = damageLog(join(folder, names[1]), random);
      // Throws when anything is there by halves.
      const left = await openDamaged(folder);
      for (const [clientId, { events }] of left ?? []) {
        const log = whole.get(clientId)!.events;
        expect(isDeepStrictEqual(events, log.slice(0, events.length)), damage).toBe(true);
        if (events.length < log.length) shortened += 1;
      }
      rmSync(folder, { recursive: true });
    }
    // The damage was real.
    expect(shortened).toBeGreaterThan(variants / 4);
  },
);
