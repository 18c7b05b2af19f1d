import { createHash } from 'node:crypto';
import type { Actor } from '@leanvibe/protocol/actor';
import { LRUCache } from 'lru-cache';
import { timestamp, type Clock } from '../clock.ts';
import type { Receipt, Store, StoredAnswer } from '../database/store.ts';
import { HubError } from '../hub-error.ts';
import { ReceiptExists } from '../receipt-exists.ts';
import type { Answer } from './route-binding.ts';
import { validationFailed } from './validation-issues.ts';

/** What a request with an idempotency key is told apart by. `scope` is its workspace, or '' when it is about none. */
export type KeyedRequest = { scope: string; key: string; hash: string };

type ReceiptMaker = (answer: StoredAnswer, options?: { secret: boolean }) => Receipt;

const keyPattern = /^[\x21-\x7e]{1,255}$/;

/** Reads the `Idempotency-Key` header. */
export function readIdempotencyKey(header: string | string[] | undefined): string | undefined {
  if (header === undefined) return undefined;
  if (typeof header === 'string' && keyPattern.test(header)) return header;
  throw validationFailed([{ path: 'Idempotency-Key', message: 'must be 1 to 255 visible ASCII characters' }]);
}

/** What makes two requests the same one: method, address, content and who acts. */
export const requestHash = (method: string, target: string, actor: Actor, body: unknown): string =>
  createHash('sha256')
    .update(JSON.stringify([method, target, actor.kind, actor.id, body ?? null]))
    .digest('base64url');

/** Stands in a receipt for an answer with a secret, which is not written to disk. */
const withheld: StoredAnswer = { status: 0, headers: {}, body: '' };

const keptMs = 86_400_000;
const mostSecretAnswers = 1000;

/**
 * Lets a request that comes again with the same key have the first answer again (contract C6). The receipt is stored in the same
 * transaction as the change, so there is never one without the other.
 */
export class Idempotency {
  readonly #store: Pick<Store, 'receipt'>;
  readonly #clock: Clock;
  readonly #running = new Map<string, Promise<void>>();
  readonly #secrets = new LRUCache<string, Receipt>({ max: mostSecretAnswers, ttl: keptMs });

  constructor({ store, clock }: { store: Pick<Store, 'receipt'>; clock: Clock }) {
    this.#store = store;
    this.#clock = clock;
  }

  /** Answers a request that came before from its receipt, and lets any other be handled. */
  async run(request: KeyedRequest, handle: (receipt: ReceiptMaker) => Promise<Answer | null>): Promise<Answer | null> {
    const place = `${request.scope}\n${request.key}`;
    // The same request may come again while it is being handled: it then waits, and finds the receipt.
    while (this.#running.has(place)) await this.#running.get(place);
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#running.set(place, promise);
    try {
      return (await this.#repeat(request, place)) ?? (await this.#first(request, place, handle));
    } finally {
      this.#running.delete(place);
      resolve();
    }
  }

  async #first(
    { key, hash, ...request }: KeyedRequest,
    place: string,
    handle: (receipt: ReceiptMaker) => Promise<Answer | null>,
  ): Promise<Answer | null> {
    let secret: Receipt | undefined;
    const makeReceipt: ReceiptMaker = (answer, options) => {
      const receipt = { key, requestHash: hash, createdAt: timestamp(this.#clock), answer };
      if (options?.secret !== true) return receipt;
      secret = receipt;
      return { ...receipt, answer: withheld };
    };
    try {
      const answer = await handle(makeReceipt);
      if (secret !== undefined) this.#secrets.set(place, secret);
      return answer;
    } catch (error) {
      // Another process may have carried out the same request meanwhile; what then failed here is no news to the caller.
      const repeated = await this.#repeat({ key, hash, ...request }, place);
      if (repeated !== null) return repeated;
      throw error instanceof ReceiptExists ? new HubError('write-contention') : error;
    }
  }

  async #repeat({ scope, key, hash }: KeyedRequest, place: string): Promise<Answer | null> {
    const receipt = this.#secrets.get(place) ?? (await this.#store.receipt(scope, key));
    if (receipt === null) return null;
    if (receipt.requestHash !== hash) throw new HubError('idempotency-conflict');
    if (receipt.answer.status === withheld.status) {
      throw new HubError(
        'idempotency-conflict',
        'The request was carried out; its answer held a secret and is not kept.',
      );
    }
    const { status, headers, body } = receipt.answer;
    return { status, headers: { ...headers, 'idempotency-replayed': 'true' }, body };
  }
}
