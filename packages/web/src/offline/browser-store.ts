import type { Board } from '@leanvibe/protocol/board';
import { memoryStore } from './memory-store.ts';
import type { KeptCommand, OfflineStore } from './offline-store.ts';

const databaseName = 'leanvibe';
const databaseVersion = 1;
const commandsName = 'commands';
const boardsName = 'boards';

const settled = <Result>(request: IDBRequest<Result>): Promise<Result> =>
  new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result));
    request.addEventListener('error', () => reject(request.error ?? new Error('the browser gives no reason')));
  });

const finished = (transaction: IDBTransaction): Promise<void> =>
  new Promise((resolve, reject) => {
    transaction.addEventListener('complete', () => resolve());
    transaction.addEventListener('abort', () => reject(transaction.error ?? new Error('the browser gives no reason')));
  });

function openDatabase(): Promise<IDBDatabase> {
  const opening = indexedDB.open(databaseName, databaseVersion);
  opening.addEventListener('upgradeneeded', () => {
    const commands = opening.result.createObjectStore(commandsName, { keyPath: 'order', autoIncrement: true });
    commands.createIndex('workspace', 'workspace');
    opening.result.createObjectStore(boardsName);
  });
  return settled(opening);
}

function storeIn(database: IDBDatabase): OfflineStore {
  const write = async (name: string, change: (store: IDBObjectStore) => void, durability: IDBTransactionDurability) => {
    const transaction = database.transaction(name, 'readwrite', { durability });
    change(transaction.objectStore(name));
    await finished(transaction);
  };
  const read = (name: string): IDBObjectStore => database.transaction(name).objectStore(name);
  return {
    commands: (workspace) => settled<KeptCommand[]>(read(commandsName).index('workspace').getAll(workspace)),
    async keep(command) {
      // What somebody has done here must survive a battery that runs empty.
      const transaction = database.transaction(commandsName, 'readwrite', { durability: 'strict' });
      const order = settled(transaction.objectStore(commandsName).add(command));
      await finished(transaction);
      return { ...command, order: Number(await order) };
    },
    forget: (order) => write(commandsName, (store) => store.delete(order), 'strict'),
    board: (workspace) => settled<Board | undefined>(read(boardsName).get(workspace)),
    rememberBoard: (workspace, board) => write(boardsName, (store) => store.put(board, workspace), 'relaxed'),
  };
}

/** Opens what this browser keeps. Where it keeps nothing, the window does. */
export async function openBrowserStore(): Promise<OfflineStore> {
  try {
    return storeIn(await openDatabase());
  } catch {
    return memoryStore();
  }
}
