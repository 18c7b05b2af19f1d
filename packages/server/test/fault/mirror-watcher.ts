import { readFileSync } from 'node:fs';
import { demand, type LoggedTask } from './logged-event.ts';

const intervalMs = 10;

/** Reads the mirror over and over while a server writes it, as a script of a user might. */
export class MirrorWatcher implements Disposable {
  readonly #path: string;
  readonly #timer: NodeJS.Timeout;
  #reads = 0;
  #fault: Error | null = null;

  constructor(path: string) {
    this.#path = path;
    this.#timer = setInterval(() => this.#look(), intervalMs);
  }

  /** How often there was a file to read. Throws when it was ever anything but whole. */
  get reads(): number {
    if (this.#fault !== null) throw this.#fault;
    return this.#reads;
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer);
  }

  #look(): void {
    try {
      if (readMirror(this.#path) !== null) this.#reads += 1;
    } catch (error) {
      this.#fault ??= error as Error;
    }
  }
}

/** The tasks in a mirror file; null when there is none. Throws `InvariantBroken` when it is not whole. */
export function readMirror(path: string): LoggedTask[] | null {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
  let mirror: unknown;
  try {
    mirror = JSON.parse(text);
  } catch {
    mirror = null;
  }
  demand(typeof mirror === 'object' && mirror !== null, () => `the mirror is not a JSON object: ${text.slice(-200)}`);
  const tasks = Object.values(mirror) as LoggedTask[];
  demand(
    tasks.every((task) => typeof task.id === 'string' && task.version >= 1),
    () => 'the mirror holds something that is not a task',
  );
  return tasks;
}
