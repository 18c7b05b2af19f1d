import type { SocketLike } from './socket-session.ts';

type Listener = (event: never) => void;

/** A WebSocket without a network: a test says what arrives, also after it was closed, as some implementations deliver it. */
export class ScriptedSocket implements SocketLike {
  /** All that were opened, in order; a test empties it first. */
  static readonly opened: ScriptedSocket[] = [];
  readonly url: string;
  readonly readyState = 1;
  readonly #listeners = new Map<string, Listener>();

  constructor(url: string) {
    this.url = url;
    ScriptedSocket.opened.push(this);
  }

  send(): void {}

  close(): void {}

  addEventListener(type: string, listener: Listener): void {
    this.#listeners.set(type, listener);
  }

  /** Delivers a frame. */
  deliver(frame: object): void {
    const listener = this.#listeners.get('message') as (event: { data: string }) => void;
    listener({ data: JSON.stringify(frame) });
  }
}
