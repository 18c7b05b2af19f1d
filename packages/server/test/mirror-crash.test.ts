import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { openSqliteStore } from '../src/database/sqlite-store.ts';
import { temporaryFolder } from '../src/database/store-fixture.ts';
import { TaskMirror } from '../src/tasks/task-mirror.ts';

const script = fileURLToPath(new URL('./mirror-writer.ts', import.meta.url));

/** Lets a process write until it has stored so many tasks, reading the mirror all the time, and kills it. Returns the last number. */
async function writeAndKill(databaseFile: string, path: string, first: number, count: number): Promise<number> {
  const child = spawn(process.execPath, [script, databaseFile, path, String(first)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    let last = first - 1;
    for await (const line of createInterface(child.stdout)) {
      expect(mirrored(path).length).toBeGreaterThanOrEqual(first);
      if (line !== 'ready') last = Number(line);
      if (last - first + 1 >= count) break;
    }
    expect(last - first + 1).toBe(count);
    return last;
  } finally {
    child.kill('SIGKILL');
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  }
}

/** The titles in the mirror; throws when it is not whole. */
const mirrored = (path: string): string[] =>
  Object.values(JSON.parse(readFileSync(path, 'utf8')) as Record<string, { title: string }>).map(({ title }) => title);

describe('the mirror of a process that is killed', () => {
  it('[T13] is whole at every read and after every kill, and complete after the next start', async () => {
    using folder = temporaryFolder();
    const databaseFile = join(folder.path, 'test.db');
    const path = join(folder.path, 'tasks.json');
    let next = 0;
    for (const count of [1, 7, 60, 150, 23]) {
      next = (await writeAndKill(databaseFile, path, next, count)) + 1;
      expect(mirrored(path).length).toBeLessThanOrEqual(next + 1);
      // What was stored but not yet printed when the process died.
      const store = await openSqliteStore({ file: databaseFile });
      next = (await store.board('w')).tasks.length;
      await store.close();
    }
    const store = await openSqliteStore({ file: databaseFile });
    const taskMirror = new TaskMirror({
      path,
      databaseFile,
      onAppend: (listener) => store.onAppend(listener),
      log: { info: () => undefined, warn: () => undefined },
    });
    await taskMirror.written;
    expect(mirrored(path)).toEqual(Array.from({ length: next }, (_, n) => `Task ${n}`));
    await taskMirror[Symbol.asyncDispose]();
    await store.close();
    expect(existsSync(`${path}.new`)).toBe(false);
  });
});
