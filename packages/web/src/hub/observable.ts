/** A value that tells when it becomes another one; made for `useSyncExternalStore`. */
export class Observable<Value> {
  readonly #listeners = new Set<() => void>();
  #value: Value;

  constructor(value: Value) {
    this.#value = value;
  }

  readonly get = (): Value => this.#value;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  set(value: Value): void {
    if (Object.is(value, this.#value)) return;
    this.#value = value;
    for (const listener of this.#listeners) listener();
  }

  /** Resolves when the value is one of those that are waited for. */
  until(isAwaited: (value: Value) => boolean): Promise<void> {
    return new Promise((resolve) => {
      const look = () => {
        if (!isAwaited(this.#value)) return;
        this.#listeners.delete(look);
        resolve();
      };
      this.#listeners.add(look);
      look();
    });
  }

  update(change: (value: Value) => Value): void {
    this.set(change(this.#value));
  }
}
