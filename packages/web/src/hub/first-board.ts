import { createLeanVibeClient } from '@leanvibe/client/leanvibe-client';
import type { Board } from '@leanvibe/protocol/board';
import { openWorkspace } from './workspace.ts';

/** How long the first picture waits for the board, in milliseconds; after that it shows that the board is being read. */
const patienceMs = 250;

/** The board of the open workspace, asked for before anything is drawn, so that the first picture can show it. */
export class FirstBoard {
  readonly workspace: string;
  readonly #reading: Promise<Board | null>;
  #board: Board | null = null;
  #isTaken = false;

  constructor() {
    this.workspace = openWorkspace();
    const { tasks } = createLeanVibeClient({ baseUrl: location.origin, clientId: this.workspace });
    // Why it fails is found out, and said, by whoever reads it next.
    this.#reading = tasks.board({ retries: 0 }).then(
      (board) => (this.#board = board),
      () => null,
    );
  }

  /** The board, once it is there. */
  get board(): Board | null {
    return this.#board;
  }

  /** Resolves when the board has come, or cannot be waited for. */
  async settle(): Promise<void> {
    const patience = new Promise((resolve) => setTimeout(resolve, patienceMs));
    await Promise.race([this.#reading, patience]);
  }

  /** Gives the board away, once: later it is old. Null for other workspaces, and where it could not be read. */
  async take(workspace: string): Promise<Board | null> {
    if (this.#isTaken || workspace !== this.workspace) return null;
    this.#isTaken = true;
    return this.#reading;
  }
}
