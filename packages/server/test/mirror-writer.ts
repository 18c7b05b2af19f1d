import { eventOf, taskRow } from '../src/database/store-fixture.ts';
import { openSqliteStore } from '../src/database/sqlite-store.ts';
import { TaskMirror } from '../src/tasks/task-mirror.ts';

// A process that writes tasks from number `first` on, with a mirror beside, until somebody kills it. It prints each number once the
// task is stored.
const [databaseFile, path, first] = process.argv.slice(2);
const store = await openSqliteStore({ file: databaseFile! });
const say = (): void => undefined;
const mirror = new TaskMirror({
  path: path!,
  databaseFile: databaseFile!,
  onAppend: (listener) => store.onAppend(listener),
  log: { info: say, warn: say },
});
await mirror.written;
console.log('ready');
for (let n = Number(first); ; n += 1) {
  await store.commit({ clientId: 'w', tasks: [{ row: taskRow(n), expectedVersion: 0 }], events: [eventOf(n)] });
  console.log(n);
}
