import { accessSync, constants, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { StartRefused } from '../start-refused.ts';

/** What a running server leaves in its data folder for commands that look for it. */
export type ServerInfo = { pid: number; url: string; started_at: string };

/** The files of a data folder. */
export const dataFiles = (folder: string) => ({
  database: join(folder, 'leanvibe.db'),
  lock: join(folder, 'leanvibe.lock'),
  server: join(folder, 'server.json'),
  backups: join(folder, 'backups'),
});

/** A data folder that this process alone uses until it is released. */
export type LockedDataFolder = {
  folder: string;
  databaseFile: string;
  /** Tells other commands where the server listens. */
  announce(info: ServerInfo): void;
  release(): void;
};

/** What the server that uses this folder (or used it last) said about itself. */
export function readServerInfo(folder: string): ServerInfo | null {
  try {
    return JSON.parse(readFileSync(dataFiles(folder).server, 'utf8')) as ServerInfo;
  } catch {
    return null;
  }
}

/** Makes the folder if need be and takes it for this process. Throws `StartRefused` when it cannot be used or is taken. */
export function lockDataFolder(folder: string): LockedDataFolder {
  const files = dataFiles(folder);
  makeWritable(folder);
  const lock = takeLock(files.lock, folder);
  return {
    folder,
    databaseFile: files.database,
    announce(info) {
      writeFileSync(`${files.server}.new`, JSON.stringify(info), { mode: 0o600 });
      renameSync(`${files.server}.new`, files.server);
    },
    release() {
      rmSync(files.server, { force: true });
      lock.close();
    },
  };
}

function makeWritable(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new StartRefused(
      `The data folder ${folder} cannot be written (${reason}). Choose another with LEANVIBE_DATA_DIR.`,
      { cause: error },
    );
  }
}

// A lock that SQLite holds is the operating system's: it ends with the process, however that ends, and needs no clean-up.
function takeLock(file: string, folder: string): DatabaseSync {
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(file, { timeout: 0 });
    database.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
    return database;
  } catch (error) {
    database?.close();
    throw refusal(error, folder);
  }
}

function refusal(error: unknown, folder: string): StartRefused {
  const code = error instanceof Error && 'errcode' in error ? Number(error.errcode) & 0xff : 0;
  if (code !== 5 && code !== 6) {
    const reason = error instanceof Error ? error.message : String(error);
    return new StartRefused(`The data folder ${folder} cannot be locked (${reason}). It must be writable.`, {
      cause: error,
    });
  }
  const other = readServerInfo(folder);
  const who = other ? `process ${other.pid}, at ${other.url}` : 'another process';
  return new StartRefused(
    `The data folder ${folder} is in use by a running LeanVibe (${who}). Stop that one, or choose another folder with LEANVIBE_DATA_DIR.`,
    { cause: error },
  );
}
