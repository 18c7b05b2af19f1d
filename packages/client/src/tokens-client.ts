import type { Token, TokenCreated } from '@leanvibe/protocol/token';
import type { HttpTransport } from './http-transport.ts';
import { nextCursor, totalCount, walkPages } from './list-page.ts';
import type { BodyOf, CallOptions, QueryOf } from './route-call.ts';

/** A page of tokens, how many there are in all, and the cursor of the page after it (null: this is the last). */
export type TokenPage = { tokens: Token[]; total: number; next: string | null };

/** The tokens of the server. All of it needs an admin token where tokens are asked for. */
export class TokensClient {
  readonly #transport: HttpTransport;

  constructor(transport: HttpTransport) {
    this.#transport = transport;
  }

  /** Makes a token. Its secret is in this answer and never shown again. */
  async create(token: BodyOf<'createToken'>, options?: CallOptions): Promise<TokenCreated> {
    return (await this.#transport.call('createToken', { body: token }, options)).body;
  }

  /** One page of the tokens, newest first. */
  async list(query: QueryOf<'listTokens'> = {}, options?: CallOptions): Promise<TokenPage> {
    const { body, headers } = await this.#transport.call('listTokens', { query }, options);
    return { tokens: body, total: totalCount(headers), next: nextCursor(headers) };
  }

  /** Every token, page after page. */
  all(query: QueryOf<'listTokens'> = {}, options?: CallOptions): AsyncGenerator<Token, void, undefined> {
    return walkPages(async (cursor) => {
      const { tokens, next } = await this.list({ ...query, cursor }, options);
      return { entries: tokens, next };
    }, query.cursor);
  }

  /** Revokes a token and closes the sockets that were opened with it. */
  async revoke(tokenId: string, options?: CallOptions): Promise<void> {
    await this.#transport.call('revokeToken', { params: { token_id: tokenId } }, options);
  }
}
