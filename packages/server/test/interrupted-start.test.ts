import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { readMigrations, schemaVersion } from '../src/database/migrate.ts';
import { prepareDatabase } from '../src/database/prepare-database.ts';
import { openSqliteStore } from '../src/database/sqlite-store.ts';
import { creation, idOf, temporaryFolder } from '../src/database/store-fixture.ts';
import { compileShim, shimObstacle } from './fault/compile-shim.ts';
import { readDiskRecord } from './fault/disk-record.ts';
import { addition } from './fault/later-migration.ts';
import { ModelDisk } from './fault/model-disk.ts';
import { trialRounds, trialSeed } from './fault/seed.ts';
import { seededRandom, type Random } from './fault/seeded-random.ts';

const seed = trialSeed();
const rounds = trialRounds(20);
const obstacle = shimObstacle();
const taskCount = 20;
const oldest = readMigrations().length;
const preparingProcess = fileURLToPath(new URL('fault/preparing-process.ts', import.meta.url));
const backupName = join('backups', 'before-9999-addition.db');

describe.skipIf(obstacle !== null && !process.env['CI'])(
  `an interrupted start${obstacle === null ? '' : ` (skipped: ${obstacle})`}`,
  () => {
    let shim: string;
    beforeAll(() => {
      shim = compileShim('powerloss');
    });

    it(
      `[C4] while a database is made leaves none, or one that is whole (${rounds} cuts, FAULT_SEED=${seed})`,
      { timeout: 120_000 },
      () => {
        using folder = temporaryFolder();
        const before = join(folder.path, 'before');
        mkdirSync(before);
        interruptEverywhere({ shim, before, arguments: [], rounds, random: seededRandom(seed) }, (left) => {
          const file = join(left, 'leanvibe.db');
          prepareDatabase(file);
          expect(describeDatabase(file)).toEqual({ version: oldest, tasks: 0, additions: null, integrity: 'ok' });
        });
      },
    );

    it(
      `[C4] while a schema is brought up to date leaves the old one or the new one, and the backup (${rounds} cuts, FAULT_SEED=${seed})`,
      { timeout: 120_000 },
      async () => {
        using folder = temporaryFolder();
        const before = join(folder.path, 'before');
        mkdirSync(before);
        await writeTasks(join(before, 'leanvibe.db'));
        const old = { version: oldest, tasks: taskCount, additions: null, integrity: 'ok' };
        const updated = { version: oldest + 1, tasks: taskCount, additions: taskCount, integrity: 'ok' };
        const seen = new Set<number>();
        interruptEverywhere({ shim, before, arguments: ['migrate'], rounds, random: seededRandom(seed) }, (left) => {
          const file = join(left, 'leanvibe.db');
          const backup = join(left, backupName);
          const found = describeDatabase(file);
          expect([old, updated]).toContainEqual(found);
          seen.add(found.version);
          // Nothing is changed before there is a backup to go back to.
          if (found.version > oldest) expect(existsSync(backup)).toBe(true);
          if (existsSync(backup)) expect(describeDatabase(backup)).toEqual(old);
          prepareDatabase(file, [...readMigrations(), addition]);
          expect(describeDatabase(file)).toEqual(updated);
          expect(describeDatabase(backup)).toEqual(old);
        });
        expect(seen).toEqual(new Set([oldest, oldest + 1]));
      },
    );
  },
);

type Interruptions = { shim: string; before: string; arguments: readonly string[]; rounds: number; random: Random };

/** Cuts the power of the process at so many places, spread over all that it does, and gives what each cut left. */
function interruptEverywhere(
  { shim, before, arguments: args, rounds: cuts, random }: Interruptions,
  check: (left: string) => void,
): void {
  const folder = `${before}-cut`;
  const record = `${before}-record`;
  const runAndCut = (cutAfter: number): number => {
    rmSync(folder, { recursive: true, force: true });
    rmSync(record, { force: true });
    cpSync(before, folder, { recursive: true });
    const disk = new ModelDisk(folder);
    spawnSync(process.execPath, [preparingProcess, join(folder, 'leanvibe.db'), ...args], {
      env: {
        PATH: process.env['PATH'],
        LD_PRELOAD: shim,
        POWERLOSS_ROOT: folder,
        POWERLOSS_LOG: record,
        POWERLOSS_CUT_AFTER: String(cutAfter),
      },
    });
    const operations = readDiskRecord(record);
    for (const operation of operations) disk.apply(operation);
    disk.writeCut(folder, random);
    return operations.length;
  };
  const all = runAndCut(Number.MAX_SAFE_INTEGER);
  check(folder);
  for (let cut = 0; cut < cuts; cut += 1) {
    // One in each stretch, so that no part is left out.
    const cutAfter = 1 + Math.floor(((cut + random.next()) / cuts) * all);
    runAndCut(cutAfter);
    try {
      check(folder);
    } catch (error) {
      throw new Error(`after operation ${cutAfter} of ${all}`, { cause: error });
    }
  }
}

async function writeTasks(file: string): Promise<void> {
  const store = await openSqliteStore({ file, thread: false });
  for (let n = 1; n <= taskCount; n += 1) await store.commit(creation('alpha', n));
  expect(await store.task('alpha', idOf(taskCount))).not.toBeNull();
  await store.close();
}

/** `additions`: the tasks that the later migration has reached; null: it was not applied. */
function describeDatabase(file: string) {
  const database = new DatabaseSync(file);
  try {
    const one = (sql: string): unknown => Object.values(database.prepare(sql).get() ?? {})[0];
    const hasAddition = one("SELECT count(*) FROM pragma_table_info('task') WHERE name = 'addition'") === 1;
    return {
      version: schemaVersion(database),
      tasks: one('SELECT count(*) FROM task'),
      additions: hasAddition ? one("SELECT count(*) FROM task WHERE addition = 'of ' || id") : null,
      integrity: one('PRAGMA integrity_check'),
    };
  } finally {
    database.close();
  }
}
