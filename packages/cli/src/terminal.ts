import { once } from 'node:events';
import type { Readable, Writable } from 'node:stream';
import { styleText } from 'node:util';
import { printableJson } from './printable.ts';

/** The variables of the environment that a command may look at. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Where a command reads and writes: data goes to `stdout`, everything said to a person to `stderr`. */
export type Streams = {
  stdin: Readable & { isTTY?: boolean };
  stdout: Writable & { isTTY?: boolean; columns?: number };
  stderr: Writable & { isTTY?: boolean; columns?: number };
};

type Style = Parameters<typeof styleText>[0];

/** The width where nobody says how wide the terminal is. */
const defaultColumns = 100;

/** Prints for people and for programs, each on its own stream. Colours only where somebody sees them and wants them. */
export class Terminal {
  readonly streams: Streams;
  readonly #closed = new AbortController();
  #coloursWanted: boolean;
  #writeFailure: Error | null = null;

  constructor(streams: Streams, env: Environment) {
    this.streams = streams;
    this.#coloursWanted = !env['NO_COLOR'] && env['TERM'] !== 'dumb';
    streams.stdout.on('error', (error: NodeJS.ErrnoException) => {
      // A reader that has seen enough (`| head`) closes the pipe: that ends the command, but is no failure.
      if (error.code !== 'EPIPE') this.#writeFailure ??= error;
      this.#closed.abort();
    });
    streams.stderr.on('error', () => {});
  }

  /** Aborted when nobody reads the data any more. */
  get closed(): AbortSignal {
    return this.#closed.signal;
  }

  /** Columns that a line of data may have. */
  get columns(): number {
    return this.streams.stdout.columns || defaultColumns;
  }

  /** Whether a person can be asked: they see the question and can type an answer. */
  get canAsk(): boolean {
    return this.streams.stdin.isTTY === true && this.streams.stderr.isTTY === true;
  }

  /** Prints without colours from here on. */
  refuseColours(): void {
    this.#coloursWanted = false;
  }

  /** Data as it is. */
  write(text: string): void {
    if (!this.#closed.signal.aborted) this.streams.stdout.write(text);
  }

  /** A line of data. */
  data(line: string): void {
    this.write(`${line}\n`);
  }

  /** Data for a program: compact JSON on one line. */
  json(value: unknown): void {
    this.data(printableJson(JSON.stringify(value)));
  }

  /** Waits until the reader has caught up, so that a slow one does not fill the memory. */
  async drained(): Promise<void> {
    if (!this.streams.stdout.writableNeedDrain || this.#closed.signal.aborted) return;
    await once(this.streams.stdout, 'drain', { signal: this.#closed.signal }).catch(() => {});
  }

  /** Waits until all data is written; null, or why it could not be, such as a full disk. */
  async writeFailure(): Promise<Error | null> {
    if (!this.#closed.signal.aborted) await new Promise<unknown>((resolve) => this.streams.stdout.write('', resolve));
    return this.#writeFailure;
  }

  /** A line for the person at the terminal. */
  message(line: string): void {
    if (this.streams.stderr.writable) this.streams.stderr.write(`${line}\n`);
  }

  /** A styled piece of data. */
  style(style: Style, text: string): string {
    return this.hasDataColours ? styleText(style, text, { validateStream: false }) : text;
  }

  /** A styled piece of a message. */
  messageStyle(style: Style, text: string): string {
    return this.hasMessageColours ? styleText(style, text, { validateStream: false }) : text;
  }

  get hasDataColours(): boolean {
    return this.#coloursWanted && this.streams.stdout.isTTY === true;
  }

  get hasMessageColours(): boolean {
    return this.#coloursWanted && this.streams.stderr.isTTY === true;
  }
}
