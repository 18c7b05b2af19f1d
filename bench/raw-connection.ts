import { connect, type Socket } from 'node:net';

/** What a bench needs to know of an answer. */
export type RawAnswer = { status: number; bodyBytes: number };

const headEnd = Buffer.from('\r\n\r\n');

/** One keep-alive HTTP/1.1 connection that sends prebuilt bytes: as little client as possible, so that the server is what is measured. */
export class RawConnection {
  readonly #socket: Socket;
  readonly #waiting: ((answer: RawAnswer) => void)[] = [];
  #buffered: Buffer = Buffer.alloc(0);

  constructor(port: number) {
    this.#socket = connect({ port, host: '127.0.0.1', noDelay: true });
    this.#socket.on('data', (chunk: Buffer) => this.#read(chunk));
    this.#socket.on('error', (error) => {
      throw error;
    });
  }

  /** Sends a request; answers are matched in order. */
  send(request: Buffer, onAnswer: (answer: RawAnswer) => void): void {
    this.#waiting.push(onAnswer);
    this.#socket.write(request);
  }

  close(): void {
    this.#socket.removeAllListeners('error');
    this.#socket.on('error', () => {});
    this.#socket.destroy();
  }

  #read(chunk: Buffer): void {
    this.#buffered = this.#buffered.length === 0 ? chunk : Buffer.concat([this.#buffered, chunk]);
    for (;;) {
      const end = this.#buffered.indexOf(headEnd);
      if (end === -1) return;
      const head = this.#buffered.toString('latin1', 0, end);
      const status = Number(head.slice(9, 12));
      const length = /\r\ncontent-length: (\d+)/i.exec(head);
      const bodyBytes = length ? Number(length[1]) : 0;
      const total = end + 4 + bodyBytes;
      if (this.#buffered.length < total) return;
      this.#buffered = this.#buffered.subarray(total);
      this.#waiting.shift()!({ status, bodyBytes });
    }
  }
}

/** The bytes of a request. */
export function rawRequest(
  method: string,
  path: string,
  port: number,
  body?: string,
  headers: Record<string, string> = {},
): Buffer {
  const lines = [`${method} ${path} HTTP/1.1`, `Host: 127.0.0.1:${port}`];
  for (const [name, value] of Object.entries(headers)) lines.push(`${name}: ${value}`);
  if (body !== undefined) lines.push('Content-Type: application/json', `Content-Length: ${Buffer.byteLength(body)}`);
  return Buffer.from(`${lines.join('\r\n')}\r\n\r\n${body ?? ''}`);
}
