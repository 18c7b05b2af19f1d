/** Time as the client sees it; tests bring their own. */
export type Timers = {
  /** Milliseconds since 1970. */
  now: () => number;
  /** Calls `task` once after `delayMs` and returns how to prevent it. */
  after: (delayMs: number, task: () => void) => () => void;
};

/** The timers of the platform. */
export const platformTimers: Timers = {
  now: () => Date.now(),
  after: (delayMs, task) => {
    const handle = setTimeout(task, delayMs);
    return () => clearTimeout(handle);
  },
};

/** The chance of the platform: from 0 to below 1. */
export const platformRandom = (): number => Math.random();

/** Resolves after `delayMs`; rejects with the reason of `signal` when that comes first. */
export function delay(delayMs: number, timers: Timers, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const abort = (): void => {
      cancel();
      reject(signal!.reason);
    };
    const cancel = timers.after(delayMs, () => {
      signal?.removeEventListener('abort', abort);
      resolve();
    });
    signal?.addEventListener('abort', abort, { once: true });
  });
}
