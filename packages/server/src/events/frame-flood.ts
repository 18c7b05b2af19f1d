const windowMs = 1000;
const framesPerWindow = 200;
const framesUntilClose = 2000;
const floodedWindowsUntilClose = 5;

/** What is done with a frame: it is served, refused with an error, dropped, or the socket is closed for it. */
export type FloodVerdict = 'serve' | 'refuse' | 'drop' | 'close';

/** Counts the frames of one client. One error per second is enough to say: an answer to each would only double the flood. */
export class FrameFlood {
  #windowStartMs = -Infinity;
  #frames = 0;
  #floodedWindows = 0;

  count(nowMs: number): FloodVerdict {
    if (nowMs >= this.#windowStartMs + windowMs || nowMs < this.#windowStartMs) {
      if (this.#frames <= framesPerWindow) this.#floodedWindows = 0;
      this.#windowStartMs = nowMs;
      this.#frames = 0;
    }
    this.#frames += 1;
    if (this.#frames <= framesPerWindow) return 'serve';
    if (this.#frames > framesUntilClose) return 'close';
    if (this.#frames > framesPerWindow + 1) return 'drop';
    this.#floodedWindows += 1;
    return this.#floodedWindows >= floodedWindowsUntilClose ? 'close' : 'refuse';
  }
}
