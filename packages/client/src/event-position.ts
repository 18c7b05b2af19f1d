/** A cursor taken apart. */
type Reading = { epoch: string; seq: number };

/**
 * Takes a cursor apart. Cursors are opaque to everybody else: only this package, which is released with the server, looks inside, to
 * know whether an event lies before a cursor. One that it cannot read skips nothing.
 */
export function readCursor(cursor: string | null): Reading | null {
  const match = /^(.+)\.(\d{1,15})$/.exec(cursor ?? '');
  return match && { epoch: match[1]!, seq: Number(match[2]) };
}

/** The cursor of the place after the event number `seq` of the same log; null for a cursor that cannot be taken apart. */
export function cursorAt(cursor: string, seq: number): string | null {
  const reading = readCursor(cursor);
  return reading && `${reading.epoch}.${Math.max(0, seq)}`;
}

/** A place in an event log that only moves forward, except when the log itself is another one. */
export class EventPosition {
  #cursor: string | null = null;
  #seq = 0;

  constructor(cursor: string | null) {
    this.reset(cursor);
  }

  /** The cursor to resume from; null as long as none is known. */
  get cursor(): string | null {
    return this.#cursor;
  }

  /** Begins at another place, which may lie before this one: after a restore the log counts anew. */
  reset(cursor: string | null): void {
    this.#cursor = cursor;
    this.#seq = readCursor(cursor)?.seq ?? 0;
  }

  /** Whether an event is still to come. Events that are not kept have no place and are always new. */
  isBefore(event: { seq?: number | undefined }): boolean {
    return event.seq === undefined || event.seq > this.#seq;
  }

  /** Moves on to an event. */
  advance(event: { seq?: number | undefined; cursor?: string | undefined }): void {
    if (event.seq === undefined || event.cursor === undefined) return;
    this.#seq = event.seq;
    this.#cursor = event.cursor;
  }

  /** Moves on to a cursor of the same log; one that lies before this place, or in another log, changes nothing. */
  skipTo(cursor: string): void {
    const here = readCursor(this.#cursor);
    const there = readCursor(cursor);
    if (this.#cursor === null) return this.reset(cursor);
    if (here && there && here.epoch === there.epoch && there.seq > this.#seq) this.reset(cursor);
  }
}
