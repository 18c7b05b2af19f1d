/**
 * The idempotency key of the request was used by another request that was carried out in the meantime: nothing was written. The
 * edge answers with what is stored under the key.
 */
export class ReceiptExists extends Error {
  constructor() {
    super('the idempotency key was used already');
    this.name = 'ReceiptExists';
  }
}
