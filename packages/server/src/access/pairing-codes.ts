import { randomBytes } from 'node:crypto';
import type { Clock } from '../clock.ts';
import { hashSecret } from './token-record.ts';

const codeLifeMs = 10 * 60_000;
const mostCodes = 100;

/** The link that signs one browser in; `base` is the address of the server without a slash at the end. */
export const pairingUrl = (base: string, code: string): string => `${base}/pair?code=${code}`;

/** One-time codes that sign a browser in. They live in memory: a restart ends them, which is what a person would expect. */
export class PairingCodes {
  readonly #clock: Clock;
  readonly #expiryByHash = new Map<string, number>();

  constructor({ clock }: { clock: Clock }) {
    this.#clock = clock;
  }

  /** Makes a code. When very many are open, the oldest ends. */
  create(): { code: string; expiresAtMs: number } {
    const code = randomBytes(24).toString('base64url');
    const expiresAtMs = this.#clock.now() + codeLifeMs;
    this.#expiryByHash.set(hashSecret(code), expiresAtMs);
    if (this.#expiryByHash.size > mostCodes) this.#expiryByHash.delete(this.#expiryByHash.keys().next().value!);
    return { code, expiresAtMs };
  }

  /** Whether the code is one that can be used; it cannot be used again. */
  redeem(code: string): boolean {
    const hash = hashSecret(code);
    const expiresAtMs = this.#expiryByHash.get(hash);
    this.#expiryByHash.delete(hash);
    return expiresAtMs !== undefined && expiresAtMs > this.#clock.now();
  }
}
