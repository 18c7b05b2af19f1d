import type { TaskCommand } from './task-command.ts';

/** Something that can be taken back: what was done, in words, and the command that takes it back. */
export type UndoEntry = { done: string; inverse: TaskCommand };

const depth = 50;

/** What was done in this window and can be taken back, newest last. */
export class UndoHistory {
  #entries: readonly UndoEntry[] = [];

  push(entry: UndoEntry): void {
    this.#entries = [...this.#entries, entry].slice(-depth);
  }

  /** Takes the newest entry, or a certain one; null when it is not there any more. */
  take(wanted: UndoEntry | undefined = this.#entries.at(-1)): UndoEntry | null {
    if (wanted === undefined || !this.#entries.includes(wanted)) return null;
    this.#entries = this.#entries.filter((entry) => entry !== wanted);
    return wanted;
  }
}
