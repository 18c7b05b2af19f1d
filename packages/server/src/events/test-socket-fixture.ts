import type { LeanVibeEvent } from '@leanvibe/protocol/event';
import { eventSchema } from '@leanvibe/protocol/event';
import { ServerFrame, type serverFrames, type ServerFrameType } from '@leanvibe/protocol/socket-frames';
import type { EventType } from '@leanvibe/protocol/event-catalogue';
import type { z } from 'zod';
import { WebSocket } from 'ws';

type FrameOf<Type extends ServerFrameType> = z.infer<(typeof serverFrames)[Type]>;

// Making a schema costs far more than using it.
const schemas = new Map<EventType, z.ZodType>();

function schemaOf(type: EventType): z.ZodType {
  const schema = schemas.get(type) ?? eventSchema(type);
  schemas.set(type, schema);
  return schema;
}

/** A WebSocket client that keeps what it is sent, and checks each frame against the contract. */
export class TestSocket {
  /** All frames in the order of their arrival. */
  readonly frames: Record<string, unknown>[] = [];
  /** The events among them, those of batches too. */
  readonly events: LeanVibeEvent[] = [];
  /** How it was closed. */
  closed: { code: number; reason: string } | null = null;
  readonly webSocket: WebSocket;
  #changed = Promise.withResolvers<void>();

  constructor(url: string, headers: Record<string, string> = {}, protocols: string[] = []) {
    this.webSocket = new WebSocket(url, protocols, { headers });
    this.webSocket.on('message', (data: Buffer) =>
      this.#receive(JSON.parse(data.toString()) as Record<string, unknown>),
    );
    this.webSocket.on('error', () => undefined);
    this.webSocket.on('close', (code, reason) => {
      this.closed = { code, reason: reason.toString() };
      this.#change();
    });
  }

  /** Waits for something that arriving frames (or the end) bring about. */
  async until(holds: () => boolean): Promise<void> {
    while (!holds()) {
      if (this.closed !== null) throw new Error(`The socket closed: ${this.closed.code} ${this.closed.reason}`);
      await this.#changed.promise;
    }
  }

  /** The first frame of a type, waited for. */
  async frame<Type extends ServerFrameType>(type: Type): Promise<FrameOf<Type>> {
    const find = () => this.frames.find((frame) => frame['type'] === type);
    await this.until(() => find() !== undefined);
    return find() as FrameOf<Type>;
  }

  /** Waits until so many frames of a type have come. */
  async framesOf<Type extends ServerFrameType>(type: Type, count: number): Promise<FrameOf<Type>[]> {
    const filter = () => this.frames.filter((frame) => frame['type'] === type);
    await this.until(() => filter().length >= count);
    return filter() as FrameOf<Type>[];
  }

  /** Waits until events up to this seq have come. */
  async through(seq: number): Promise<LeanVibeEvent[]> {
    await this.until(() => (this.events.at(-1)?.seq ?? 0) >= seq);
    return this.events;
  }

  /** Waits for the end. */
  async end(): Promise<{ code: number; reason: string }> {
    while (this.closed === null) await this.#changed.promise;
    return this.closed;
  }

  send(frame: unknown): void {
    this.webSocket.send(typeof frame === 'string' ? frame : JSON.stringify(frame));
  }

  terminate(): void {
    this.webSocket.terminate();
  }

  #receive(frame: Record<string, unknown>): void {
    this.frames.push(frame);
    if (frame['type'] === 'batch') this.events.push(...(frame['events'] as LeanVibeEvent[]));
    else if ('channel' in frame) this.events.push(schemaOf(frame['type'] as EventType).parse(frame) as LeanVibeEvent);
    else ServerFrame.parse(frame);
    this.#change();
  }

  #change(): void {
    this.#changed.resolve();
    this.#changed = Promise.withResolvers();
  }
}
