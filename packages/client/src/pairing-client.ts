import type { PairingLink } from '@leanvibe/protocol/token';
import type { HttpTransport } from './http-transport.ts';
import type { CallOptions } from './route-call.ts';

/** Links that sign a browser in. */
export class PairingClient {
  readonly #transport: HttpTransport;

  constructor(transport: HttpTransport) {
    this.#transport = transport;
  }

  /** Makes a link that signs one browser in, once. */
  async createLink(options?: CallOptions): Promise<PairingLink> {
    return (await this.#transport.call('createPairingLink', {}, options)).body;
  }

  /**
   * Exchanges the one-time code of a link for a cookie and answers where to go on. Browsers keep the cookie and hide the place
   * (null); other programs find it in `Set-Cookie`, with `client.call('redeemPairingLink', …)`.
   */
  async redeem(code: string, options?: CallOptions): Promise<string | null> {
    const { headers } = await this.#transport.call(
      'redeemPairingLink',
      { query: { code } },
      { retries: 0, ...options },
    );
    return headers.get('location');
  }
}
