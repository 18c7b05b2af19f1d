import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { logDisagreement } from './log-agreement.ts';
import { openSqliteStore } from './sqlite-store.ts';
import { eventOf, idOf, taskRow, temporaryFolder } from './store-fixture.ts';

/** A database with three tasks, each with an event that says its version; then changed by hand. */
async function disagreementAfter(sql: string): Promise<string | null> {
  using folder = temporaryFolder();
  const file = join(folder.path, 'test.db');
  const store = await openSqliteStore({ file, thread: false });
  for (const n of [1, 2, 3]) {
    const event = eventOf(n, { body: '"client_id":"alpha","data":{"task":{"version":1}}' });
    await store.commit({ clientId: 'alpha', tasks: [{ row: taskRow(n), expectedVersion: 0 }], events: [event] });
  }
  await store.close();
  using database = new DatabaseSync(file);
  database.exec(sql);
  return logDisagreement(database);
}

it('[E1] boards and logs that the server wrote agree', async () => {
  expect(await disagreementAfter('')).toBeNull();
});

it('[E1] a log with a gap, a missing beginning or a missing end is seen', async () => {
  for (const seq of [1, 2, 3]) {
    expect(await disagreementAfter(`DELETE FROM event WHERE seq = ${seq}`)).toBe('the event log of alpha is not whole');
  }
  expect(await disagreementAfter('DELETE FROM event')).toBe('the event log of alpha is not whole');
});

it('[E1] a task of another version than its last event is seen', async () => {
  expect(await disagreementAfter(`UPDATE task SET version = 2 WHERE id = '${idOf(2)}'`)).toBe(
    `the task ${idOf(2)} is not what its events say`,
  );
});

it('[E5] events that are past keeping are not missed', async () => {
  const purged = 'DELETE FROM event WHERE seq <= 2; UPDATE workspace SET first_seq = 3';
  expect(await disagreementAfter(purged)).toBeNull();
  expect(await disagreementAfter('DELETE FROM event; UPDATE workspace SET first_seq = 4')).toBeNull();
});
