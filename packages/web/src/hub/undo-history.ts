import type { TaskCommand } from './task-command.ts';

/** Something that can be taken back: what was done, in words, and the command that takes it back. */
export type UndoEntry = { done: string; inverse: TaskCommand };

const depth = 50;

/** What was done in this window and can be taken back, newest last. */
export class UndoHistory {
  readonly #running = new Set<Promise<unknown>>();
  #entries: readonly UndoEntry[] = [];

  push(entry: UndoEntry): void {
    this.#entries = [...this.#entries, entry].slice(-depth);
  }

  /** Takes note of something that is being done, and may become an entry. */
  async track<Result>(doing: Promise<Result>): Promise<Result> {
    this.#running.add(doing);
    try {
      return await doing;
    } finally {
      this.#running.delete(doing);
    }
  }

  /** Resolves when everything that was being done is done, or was refused. */
  async settled(): Promise<void> {
    await Promise.allSettled(this.#running);
  }

  /** Takes the newest entry, or a certain one; null when it is not there any more. */
  take(wanted: UndoEntry | undefined = this.#entries.at(-1)): UndoEntry | null {
    if (wanted === undefined || !this.#entries.includes(wanted)) return null;
    this.#entries = this.#entries.filter((entry) => entry !== wanted);
    return wanted;
  }
}
