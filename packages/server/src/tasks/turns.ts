/**
 * Lets those who want the same thing at the same time have it one after the other, in the order in which they came. Whoever wants
 * several things waits for all of them; nobody can wait in a circle, because all are asked for at once.
 */
export class Turns {
  readonly #last = new Map<string, Promise<void>>();

  /** Does the work when everybody who came before for one of these keys is through. */
  async take<Result>(keys: readonly string[], work: () => Promise<Result>): Promise<Result> {
    const turn = Promise.withResolvers<void>();
    const before = keys.flatMap((key) => this.#last.get(key) ?? []);
    for (const key of keys) this.#last.set(key, turn.promise);
    try {
      await Promise.all(before);
      return await work();
    } finally {
      for (const key of keys) if (this.#last.get(key) === turn.promise) this.#last.delete(key);
      turn.resolve();
    }
  }
}
