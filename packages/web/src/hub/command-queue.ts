/** Runs what is done to one task one after the other, and to different tasks side by side. */
export class CommandQueue {
  readonly #last = new Map<string, Promise<unknown>>();

  /** Runs when everything before it about the same task has ended, well or not. */
  async run<Result>(taskId: string | null, work: () => Promise<Result>): Promise<Result> {
    if (taskId === null) return work();
    const turn = (this.#last.get(taskId) ?? Promise.resolve()).then(work, work);
    this.#last.set(taskId, turn);
    try {
      return await turn;
    } finally {
      if (this.#last.get(taskId) === turn) this.#last.delete(taskId);
    }
  }
}
