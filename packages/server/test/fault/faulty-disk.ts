import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import { join } from 'node:path';

const fields = { syncErrno: 0, writeErrno: 1, syncUs: 2, syncs: 3, writes: 4, refusals: 5 } as const;
const numberBytes = 4;

/** The storage of a process as faultfs.c makes it: it can be told at any time to fail, to be full or to be slow. */
export class FaultyDisk implements Disposable {
  readonly #folder = mkdtempSync(join(tmpdir(), 'leanvibe-disk-'));
  readonly #control: number;
  /** What the process is to be started with. */
  readonly env: Readonly<Record<string, string>>;

  constructor(shim: string) {
    const file = join(this.#folder, 'control');
    writeFileSync(file, Buffer.alloc(Object.keys(fields).length * numberBytes));
    this.#control = openSync(file, 'r+');
    this.env = { LD_PRELOAD: shim, FAULT_CONTROL: file };
  }

  /** From now on every sync fails, as on a disk that breaks. */
  failSyncs(): void {
    this.#set('syncErrno', constants.errno.EIO);
  }

  /** Whether there is no space for anything that is written. */
  setFull(isFull: boolean): void {
    this.#set('writeErrno', isFull ? constants.errno.ENOSPC : 0);
  }

  /** How long a sync takes from now on. */
  slowSyncs(milliseconds: number): void {
    this.#set('syncUs', milliseconds * 1000);
  }

  /** How many syncs there were, and how many operations were refused. */
  get counts(): { syncs: number; refusals: number } {
    return { syncs: this.#get('syncs'), refusals: this.#get('refusals') };
  }

  [Symbol.dispose](): void {
    closeSync(this.#control);
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #set(field: keyof typeof fields, value: number): void {
    const bytes = Buffer.alloc(numberBytes);
    bytes.writeInt32LE(value);
    writeSync(this.#control, bytes, 0, numberBytes, fields[field] * numberBytes);
  }

  #get(field: keyof typeof fields): number {
    const bytes = Buffer.alloc(numberBytes);
    readSync(this.#control, bytes, 0, numberBytes, fields[field] * numberBytes);
    return bytes.readInt32LE();
  }
}
