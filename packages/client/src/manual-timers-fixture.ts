import type { Timers } from './timers.ts';

type Task = { atMs: number; run: () => void };

/** Time that passes only when a test says so. */
export class ManualTimers implements Timers {
  #nowMs = 1_800_000_000_000;
  readonly #tasks = new Set<Task>();

  now = (): number => this.#nowMs;

  after = (delayMs: number, run: () => void): (() => void) => {
    const task = { atMs: this.#nowMs + delayMs, run };
    this.#tasks.add(task);
    return () => this.#tasks.delete(task);
  };

  /** Milliseconds until each task that waits, soonest first. */
  get waiting(): number[] {
    return [...this.#tasks].map(({ atMs }) => atMs - this.#nowMs).toSorted((first, second) => first - second);
  }

  /** Lets time pass, running each task when it is due. */
  advance(durationMs: number): void {
    const endMs = this.#nowMs + durationMs;
    for (let task = this.#due(endMs); task; task = this.#due(endMs)) {
      this.#nowMs = Math.max(this.#nowMs, task.atMs);
      this.#run(task);
    }
    this.#nowMs = endMs;
  }

  /** Sleeps as a closed laptop does: time passes, nothing runs, and afterwards all that is overdue runs late. */
  sleep(durationMs: number): void {
    this.#nowMs += durationMs;
    for (let task = this.#due(this.#nowMs); task; task = this.#due(this.#nowMs)) this.#run(task);
  }

  /** Sets the clock; what waits goes on waiting as long as before. */
  setClock(differenceMs: number): void {
    this.#nowMs += differenceMs;
    for (const task of this.#tasks) task.atMs += differenceMs;
  }

  #due(atMs: number): Task | undefined {
    return [...this.#tasks]
      .filter((task) => task.atMs <= atMs)
      .toSorted((first, second) => first.atMs - second.atMs)
      .at(0);
  }

  #run(task: Task): void {
    this.#tasks.delete(task);
    task.run();
  }
}
