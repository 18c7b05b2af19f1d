import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { readDiskRecord } from './disk-record.ts';
import type { DoomedServer, Interruption } from './interruption.ts';
import { filesIn, ModelDisk } from './model-disk.ts';
import type { Random } from './seeded-random.ts';
import { ServerProcess, type ServerProcessOptions } from './server-process.ts';

/**
 * How many operations on files a server gets to do at most, and how often: cut while it starts (a start takes some 30, with a new
 * database 150), under load, and after so much load that the write-ahead log was copied into the database.
 */
const lives = [
  { mostOperations: 30, share: 0.15 },
  { mostOperations: 800, share: 0.7 },
  { mostOperations: 4000, share: 0.15 },
] as const;
/** When this many milliseconds of load bring fewer operations than were drawn, the cut comes anyway. */
const longestLoadMs = 2500;
const syncUs = 500;

/** The power goes right before the n-th operation of the process on its files, n at random: mostly under load, also during the start. */
export const powerCut = (shim: string): Interruption => ({
  name: 'power cut',
  start: (options, random) => startUnderShim(shim, options, random),
});

function startUnderShim(shim: string, options: ServerProcessOptions, random: Random): DoomedServer {
  const scratch = `${options.folder}-power`;
  rmSync(scratch, { recursive: true, force: true });
  mkdirSync(scratch);
  const record = join(scratch, 'record');
  const disk = new ModelDisk(options.folder);
  const cutAfter = 1 + random.below(drawLife(random).mostOperations);
  const process = new ServerProcess({
    ...options,
    env: {
      ...options.env,
      LD_PRELOAD: shim,
      POWERLOSS_ROOT: options.folder,
      POWERLOSS_LOG: record,
      POWERLOSS_CUT_AFTER: String(cutAfter),
      POWERLOSS_SYNC_US: String(syncUs),
    },
  });
  let isCutFromOutside = false;
  return {
    process,
    arm() {
      const timer = setTimeout(() => {
        isCutFromOutside = true;
        void process.end('SIGKILL');
      }, longestLoadMs);
      void process.ended.then(() => clearTimeout(timer));
    },
    settle() {
      for (const operation of readDiskRecord(record)) disk.apply(operation);
      // A kill from outside can come between an operation and its record.
      if (!isCutFromOutside) assertComplete(disk, options.folder, join(scratch, 'settled'));
      const unsynced = disk.unsynced();
      disk.writeCut(options.folder, random);
      rmSync(scratch, { recursive: true });
      return unsynced;
    },
  };
}

function drawLife(random: Random): (typeof lives)[number] {
  let left = random.next();
  return lives.find(({ share }) => (left -= share) < 0) ?? lives[1];
}

/** The record explains every byte that is in the folder: otherwise the model missed something, and its verdicts mean nothing. */
function assertComplete(disk: ModelDisk, folder: string, settled: string): void {
  disk.writeSettled(settled);
  const present = filesIn(folder).toSorted();
  const explained = filesIn(settled).toSorted();
  if (present.join('\n') !== explained.join('\n')) {
    throw new Error(`The power-cut model has the files ${explained.join(', ')}; the folder has ${present.join(', ')}.`);
  }
  for (const path of present) {
    if (readFileSync(join(folder, path)).equals(readFileSync(join(settled, path)))) continue;
    throw new Error(`The power-cut model has another content of ${path} than the folder.`);
  }
}
