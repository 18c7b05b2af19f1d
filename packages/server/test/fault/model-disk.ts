import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync, type Dirent } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import type { DiskOperation } from './disk-record.ts';
import type { Random } from './seeded-random.ts';

/** The smallest piece that a disk writes whole. */
const sectorBytes = 512;

type PendingChange = { index: number } & (
  | { kind: 'write'; offset: number; bytes: Buffer }
  | { kind: 'truncate'; length: number }
);

/** The content as of the last sync, and what was done since. */
type ModelFile = { synced: Buffer; pending: PendingChange[] };

/** What has a name: a file, or a folder. */
type Names = Map<string, ModelFile | 'folder'>;

/** A change to the names in folders; `folders` are those that must be synced for it. */
type PendingName = { index: number; folders: readonly string[]; apply: (names: Names) => void };

/**
 * What a disk must have, and may have, after a process did what its record says. A power cut leaves of a file its content at the last
 * sync and any subset of the sectors written since; of names, what was synced with the folder and any beginning of what was done
 * since, in order (journaling file systems order their metadata, and promise nothing about when it reaches the disk). A sync of a file
 * does not make its name durable.
 */
export class ModelDisk {
  readonly #names: Names;
  readonly #files = new Map<number, ModelFile>();
  #pendingNames: PendingName[] = [];
  #index = 0;

  /** Begins with what is in a folder now, all of it durable. */
  constructor(folder: string) {
    this.#names = new Map(foldersIn(folder).map((path) => [path, 'folder']));
    for (const path of filesIn(folder)) {
      this.#names.set(path, { synced: readFileSync(join(folder, path)), pending: [] });
    }
  }

  /** Takes in the next operation. Throws when the model does not know it: then nothing can be said about this cut. */
  apply(operation: DiskOperation): void {
    this.#index += 1;
    switch (operation.kind) {
      case 'found':
        this.#files.set(operation.file, this.#find(operation.path));
        break;
      case 'created':
        this.#create(operation.file, operation.path);
        break;
      case 'written':
        this.#change(operation.file, { kind: 'write', offset: operation.offset, bytes: operation.bytes });
        break;
      case 'truncated':
        this.#change(operation.file, { kind: 'truncate', length: operation.length });
        break;
      case 'synced':
        settle(this.#file(operation.file), operation.reach);
        break;
      case 'folder-synced':
        this.#syncFolder(operation.path, operation.reach);
        break;
      case 'unlinked':
        this.#rename([operation.path], (names) => names.delete(operation.path));
        break;
      case 'renamed':
        this.#rename([operation.from, operation.to], (names) => {
          const file = names.get(operation.from);
          if (file) names.set(operation.to, file);
          names.delete(operation.from);
        });
        break;
      case 'folder-made':
        this.#rename([operation.path], (names) => names.set(operation.path, 'folder'));
        break;
      case 'unmodelled':
        throw new Error(`The power-cut model does not know this operation: ${operation.what}`);
    }
  }

  /** The files of which something could still be lost. */
  unsynced(): string[] {
    return [...this.#currentNames()]
      .filter(([, file]) => file !== 'folder' && file.pending.length > 0)
      .map(([path]) => path);
  }

  /** Writes what the running process saw: nothing is lost. */
  writeSettled(folder: string): void {
    this.#write(folder, this.#currentNames(), (change) => [change]);
  }

  /** Writes one of the states that a power cut at this moment can leave. */
  writeCut(folder: string, random: Random): void {
    const names = new Map(this.#names);
    const kept = random.below(this.#pendingNames.length + 1);
    for (const { apply } of this.#pendingNames.slice(0, kept)) apply(names);
    const likelihood = random.pick([0, 0.5, 0.9, 1]);
    this.#write(folder, names, (change) => survivors(change, () => random.next() < likelihood));
  }

  #write(folder: string, names: Names, surviving: (change: PendingChange) => PendingChange[]): void {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    for (const [path, named] of names) {
      const target = join(folder, path);
      mkdirSync(named === 'folder' ? target : dirname(target), { recursive: true });
      if (named !== 'folder') writeFileSync(target, contentOf(named.synced, named.pending.flatMap(surviving)));
    }
  }

  #currentNames(): Names {
    const names = new Map(this.#names);
    for (const { apply } of this.#pendingNames) apply(names);
    return names;
  }

  #find(path: string): ModelFile {
    const file = this.#currentNames().get(path);
    if (file !== undefined && file !== 'folder') return file;
    throw new Error(`The record says that ${path} was there, but it was neither at the beginning nor made since.`);
  }

  #create(number: number, path: string): void {
    const file: ModelFile = { synced: Buffer.alloc(0), pending: [] };
    this.#files.set(number, file);
    this.#rename([path], (names) => names.set(path, file));
  }

  #rename(paths: readonly string[], apply: PendingName['apply']): void {
    const folders = paths.map((path) => folderOf(path));
    this.#pendingNames.push({ index: this.#index, folders, apply });
  }

  // In order: with a change everything before it is durable too, which is what a journal does.
  #syncFolder(folder: string, reach: number): void {
    const last = this.#pendingNames.findLastIndex((change) => change.index <= reach && change.folders.includes(folder));
    for (const { apply } of this.#pendingNames.splice(0, last + 1)) apply(this.#names);
  }

  #change(
    number: number,
    change: { kind: 'write'; offset: number; bytes: Buffer } | { kind: 'truncate'; length: number },
  ): void {
    this.#file(number).pending.push({ index: this.#index, ...change });
  }

  #file(number: number): ModelFile {
    const file = this.#files.get(number);
    if (!file) throw new Error(`The record names file ${number}, which was never opened.`);
    return file;
  }
}

const folderOf = (path: string): string => (dirname(path) === '.' ? '' : dirname(path));

/** The files below a folder, by relative path, but for the ones that SQLite makes anew. */
export const filesIn = (folder: string): string[] =>
  entriesIn(folder, (entry) => entry.isFile() && !entry.name.endsWith('-shm'));

const foldersIn = (folder: string): string[] => entriesIn(folder, (entry) => entry.isDirectory());

function entriesIn(folder: string, isWanted: (entry: Dirent) => boolean): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(isWanted)
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)));
}

/** Makes durable what was done to the file up to and with the operation `reach`. */
function settle(file: ModelFile, reach: number): void {
  const end = file.pending.findIndex((change) => change.index > reach);
  const settled = file.pending.splice(0, end === -1 ? file.pending.length : end);
  file.synced = contentOf(file.synced, settled);
}

function contentOf(synced: Buffer, changes: readonly PendingChange[]): Buffer {
  const ends = changes.map((change) => (change.kind === 'write' ? change.offset + change.bytes.length : change.length));
  const content = Buffer.alloc(Math.max(synced.length, ...ends));
  synced.copy(content);
  let length = synced.length;
  for (const change of changes) {
    if (change.kind === 'truncate') {
      content.fill(0, Math.min(change.length, length), length);
      length = change.length;
    } else {
      change.bytes.copy(content, change.offset);
      length = Math.max(length, change.offset + change.bytes.length);
    }
  }
  return content.subarray(0, length);
}

/** What is left of a change when each sector it touches has its own fate. */
function survivors(change: PendingChange, survives: () => boolean): PendingChange[] {
  if (change.kind === 'truncate') return survives() ? [change] : [];
  const { index, offset, bytes } = change;
  const pieces: PendingChange[] = [];
  for (let start = 0; start < bytes.length;) {
    const end = Math.min(bytes.length, start + sectorBytes - ((offset + start) % sectorBytes));
    if (survives()) pieces.push({ kind: 'write', index, offset: offset + start, bytes: bytes.subarray(start, end) });
    start = end;
  }
  return pieces;
}
