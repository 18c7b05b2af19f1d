import { randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';

const handshakeEnd = Buffer.from('\r\n\r\n');

/**
 * A WebSocket client that only counts: it reads frame headers and gives the payloads of text frames. Far cheaper than a full
 * client, so that a thousand of them on the same machine leave the processor to the server.
 */
export class RawSocket {
  readonly socket: Socket;
  readonly opened: Promise<void>;
  readonly #onFrame: (payload: Buffer) => void;
  #buffered: Buffer = Buffer.alloc(0);
  #open = false;
  #resolveOpened!: () => void;

  constructor(port: number, path: string, onFrame: (payload: Buffer) => void) {
    this.#onFrame = onFrame;
    this.opened = new Promise((resolve) => (this.#resolveOpened = resolve));
    this.socket = connect({ port, host: '127.0.0.1', noDelay: true });
    this.socket.on('error', () => {});
    this.socket.on('data', (chunk: Buffer) => this.#read(chunk));
    const key = randomBytes(16).toString('base64');
    this.socket.write(
      `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
        `Sec-WebSocket-Key: ${key}\r\nSec-WebSocket-Version: 13\r\n\r\n`,
    );
  }

  /** Sends a short text frame (masked with zeros, which is valid and free). */
  sendText(text: string): void {
    const payload = Buffer.from(text);
    this.socket.write(Buffer.concat([Buffer.from([0x81, 0x80 | payload.length, 0, 0, 0, 0]), payload]));
  }

  close(): void {
    this.socket.destroy();
  }

  #read(chunk: Buffer): void {
    this.#buffered = this.#buffered.length === 0 ? chunk : Buffer.concat([this.#buffered, chunk]);
    if (!this.#open && !this.#readHandshake()) return;
    let offset = 0;
    for (;;) {
      const frame = frameAt(this.#buffered, offset);
      if (!frame) break;
      if (frame.opcode === 1) this.#onFrame(this.#buffered.subarray(frame.start, frame.end));
      offset = frame.end;
    }
    this.#buffered = this.#buffered.subarray(offset);
  }

  #readHandshake(): boolean {
    const end = this.#buffered.indexOf(handshakeEnd);
    if (end === -1) return false;
    const head = this.#buffered.toString('latin1', 0, end);
    if (!head.startsWith('HTTP/1.1 101')) throw new Error(`no upgrade: ${head}`);
    this.#buffered = this.#buffered.subarray(end + 4);
    this.#open = true;
    this.#resolveOpened();
    return true;
  }
}

function frameAt(buffer: Buffer, offset: number): { opcode: number; start: number; end: number } | null {
  if (buffer.length < offset + 2) return null;
  const opcode = buffer[offset]! & 0x0f;
  const short = buffer[offset + 1]! & 0x7f;
  const headerBytes = short < 126 ? 2 : short === 126 ? 4 : 10;
  if (buffer.length < offset + headerBytes) return null;
  const length =
    short < 126 ? short : short === 126 ? buffer.readUInt16BE(offset + 2) : Number(buffer.readBigUInt64BE(offset + 2));
  const start = offset + headerBytes;
  return buffer.length < start + length ? null : { opcode, start, end: start + length };
}
