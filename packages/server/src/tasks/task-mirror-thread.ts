import { setTimeout as pause } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { scanBoards } from '../database/board-scan.ts';
import { openReadConnection } from '../database/sqlite-connection.ts';
import { replaceFile } from './task-mirror-file.ts';
import type { MirrorReport, MirrorRequest, MirrorThreadData } from './task-mirror.ts';
import { mirrorText } from './task-mirror-text.ts';

// The entry point of the thread that `TaskMirror` starts.

/** Between the beginnings of two writes: commits that come meanwhile share the next one. */
const intervalMs = 250;
const retryMs = 500;

const { databaseFile, path } = workerData as MirrorThreadData;
const port = parentPort!;
const database = openReadConnection(databaseFile);
const finish = Promise.withResolvers<void>();
let wake = Promise.withResolvers<void>();
let isFinishing = false;
// The first file is written without being asked for: after a crash the one that is there may be old.
let isDue = true;

port.on('message', (request: MirrorRequest) => {
  isDue = true;
  wake.resolve();
  if (request !== 'finish') return;
  isFinishing = true;
  finish.resolve();
});

const report = (message: MirrorReport): void => port.postMessage(message);

function write(): boolean {
  // Before the read: a commit during the write is not in it.
  isDue = false;
  try {
    replaceFile(path, mirrorText(scanBoards(database)));
    report({ kind: 'written' });
    return true;
  } catch (error) {
    isDue = true;
    report({ kind: 'failed', message: error instanceof Error ? error.message : String(error) });
    return false;
  }
}

let isLast = false;
while (!isLast) {
  isLast = isFinishing;
  const startedAt = performance.now();
  const isWritten = isDue ? write() : true;
  const restMs = isWritten ? intervalMs - (performance.now() - startedAt) : retryMs;
  await Promise.race([finish.promise, pause(Math.max(restMs, 0), undefined, { ref: false })]);
  if (isDue || isFinishing) continue;
  wake = Promise.withResolvers();
  await wake.promise;
}
database.close();
port.close();
