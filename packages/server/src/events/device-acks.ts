import type { CommitResult, Store } from '../database/store.ts';
import { timestamp, type Clock } from '../clock.ts';
import { encodeCursor, epochOf } from './event-cursor.ts';
import type { StreamingLog } from './event-streaming-service.ts';

export type DeviceAcksDeps = { store: Pick<Store, 'epoch' | 'document' | 'commit'>; clock: Clock; log: StreamingLog };

type Ack = { clientId: string; deviceId: string; seq: number; storedSeq: number; loaded: boolean; users: number };

type AckDocument = { device_id: string; cursor: string; acked_at: string };

/**
 * What each device has seen, per workspace. Acks only go forward. They are kept durably, but written at most once per flush: what a
 * crash loses is a second of them, and a device acks again as it goes on.
 */
export class DeviceAcks {
  readonly #deps: DeviceAcksDeps;
  readonly #acks = new Map<string, Ack>();

  constructor(deps: DeviceAcksDeps) {
    this.#deps = deps;
  }

  /** Keeps what a device has seen at hand until `close`. */
  open(clientId: string, deviceId: string): void {
    const ack = this.#ack(clientId, deviceId);
    ack.users += 1;
    if (!ack.loaded) void this.#load(ack);
  }

  close(clientId: string, deviceId: string): void {
    const ack = this.#acks.get(keyOf(clientId, deviceId));
    if (ack === undefined) return;
    ack.users -= 1;
    this.#forgetIfUnused(ack);
  }

  /** The last event that the device has acknowledged; 0: none. */
  seqOf(clientId: string, deviceId: string): number {
    return this.#acks.get(keyOf(clientId, deviceId))?.seq ?? 0;
  }

  record(clientId: string, deviceId: string, seq: number): void {
    const ack = this.#ack(clientId, deviceId);
    ack.seq = Math.max(ack.seq, seq);
  }

  /** Writes what has changed, one write per workspace. What cannot be written stays for the next time. */
  async flush(): Promise<void> {
    // Until it is known what is stored, an older ack could take the place of a newer one.
    const unknown = [...this.#acks.values()].filter((ack) => !ack.loaded);
    await Promise.all(unknown.map((ack) => this.#load(ack)));
    const changed = [...this.#acks.values()].filter((ack) => ack.loaded && ack.seq > ack.storedSeq);
    const byWorkspace = Map.groupBy(changed, (ack) => ack.clientId);
    await Promise.all([...byWorkspace].map(([clientId, acks]) => this.#write(clientId, acks)));
  }

  async #load(ack: Ack): Promise<void> {
    try {
      const stored = await this.#deps.store.document(ack.clientId, 'device_ack', ack.deviceId);
      ack.storedSeq = stored === null ? 0 : this.#storedSeq(ack.clientId, stored.doc);
      ack.seq = Math.max(ack.seq, ack.storedSeq);
      ack.loaded = true;
      this.#forgetIfUnused(ack);
    } catch (error) {
      this.#reportFailure(ack.clientId, error);
    }
  }

  async #write(clientId: string, acks: readonly Ack[]): Promise<void> {
    const written = acks.map((ack) => ({ ack, seq: ack.seq }));
    try {
      const { outcome } = await this.#commit(clientId, acks);
      if (outcome !== 'committed') throw new Error(`The acks were not stored: ${outcome}`);
    } catch (error) {
      return this.#reportFailure(clientId, error);
    }
    for (const { ack, seq } of written) {
      ack.storedSeq = Math.max(ack.storedSeq, seq);
      this.#forgetIfUnused(ack);
    }
  }

  #commit(clientId: string, acks: readonly Ack[]): Promise<CommitResult> {
    const { store, clock } = this.#deps;
    const epoch = epochOf(store.epoch, clientId);
    const documents = acks.map(({ deviceId, seq }) => {
      const doc: AckDocument = {
        device_id: deviceId,
        cursor: encodeCursor(epoch, seq),
        acked_at: timestamp(clock),
      };
      // Grows with each write, as versions do.
      const version = seq;
      return { kind: 'device_ack' as const, key: deviceId, expectedVersion: null, version, doc: JSON.stringify(doc) };
    });
    return store.commit({ clientId, documents });
  }

  /** An ack from before a restore says nothing about this log. */
  #storedSeq(clientId: string, doc: string): number {
    const { cursor } = JSON.parse(doc) as AckDocument;
    const prefix = encodeCursor(epochOf(this.#deps.store.epoch, clientId), 0).slice(0, -1);
    return cursor.startsWith(prefix) ? Number(cursor.slice(prefix.length)) : 0;
  }

  #ack(clientId: string, deviceId: string): Ack {
    const key = keyOf(clientId, deviceId);
    let ack = this.#acks.get(key);
    if (ack === undefined) {
      ack = { clientId, deviceId, seq: 0, storedSeq: 0, loaded: false, users: 0 };
      this.#acks.set(key, ack);
    }
    return ack;
  }

  #reportFailure(clientId: string, error: unknown): void {
    this.#deps.log.error({ err: error, client_id: clientId }, 'Acks of devices are not stored yet; trying again');
  }

  #forgetIfUnused(ack: Ack): void {
    if (ack.users === 0 && ack.seq <= ack.storedSeq) this.#acks.delete(keyOf(ack.clientId, ack.deviceId));
  }
}

// A client_id has no slash.
const keyOf = (clientId: string, deviceId: string): string => `${clientId}/${deviceId}`;
