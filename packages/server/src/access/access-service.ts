import type { IncomingMessage } from 'node:http';
import { ActorHeader, actorHeaderName, localHuman, type Actor } from '@leanvibe/protocol/actor';
import { HubError } from '../hub-error.ts';
import type { Caller } from './caller.ts';
import { assertCookieSuffices, credentialOf } from './credential.ts';
import { loopbackHosts, sourceRefusal, type SourcePolicy } from './source-check.ts';
import type { TokenService } from './token-service.ts';

/** `loopback`: only this machine reaches the server, which is bound to `host`. */
export type AccessServiceDeps = {
  auth: 'none' | 'token';
  loopback: boolean;
  host: string;
  tokens: Pick<TokenService, 'identify'>;
};

/** The person at this machine, on a server that asks nobody for a token. */
const localOwner: Caller = {
  tokenId: null,
  admin: true,
  clientIds: new Set(),
  role: 'human',
  expiresAtMs: null,
  actor: localHuman,
};

/** Whoever calls what needs no token. */
export const anybody: Caller = {
  tokenId: null,
  admin: false,
  clientIds: new Set(),
  role: 'read-only',
  expiresAtMs: null,
  actor: localHuman,
};

const namedActor = (header: string | string[]): Actor => {
  const parsed = ActorHeader.safeParse(header);
  if (parsed.success) return parsed.data;
  const errors = [{ path: 'X-LeanVibe-Actor', message: 'must be human:<id> or agent:<id>' }];
  throw new HubError('validation-failed', 'X-LeanVibe-Actor must be human:<id> or agent:<id>.', {
    extensions: { errors },
  });
};

/** Tells who calls, for requests, streams and WebSocket handshakes alike. */
export class AccessService {
  readonly #deps: AccessServiceDeps;
  readonly #policy: SourcePolicy;

  constructor(deps: AccessServiceDeps) {
    this.#deps = deps;
    this.#policy = { hosts: deps.loopback ? loopbackHosts(deps.host) : null };
  }

  /** Refuses with `host-not-allowed` or `origin-not-allowed` what a page of another origin may have caused. */
  assertSource(request: IncomingMessage): void {
    const { method, url = '', headers, rawHeaders, socket } = request;
    const code = sourceRefusal({ method, target: url, headers, rawHeaders, port: socket.localPort }, this.#policy);
    if (code !== null) throw new HubError(code);
  }

  /** The caller. Throws `unauthorized` without a token that is good, `forbidden` where a cookie is not enough. */
  callerOf(request: IncomingMessage): Caller {
    const caller = this.#deps.auth === 'none' ? localOwner : this.#holderOf(request);
    const named = caller.admin ? request.headers[actorHeaderName] : undefined;
    return named === undefined ? caller : { ...caller, actor: namedActor(named) };
  }

  #holderOf({ method = 'GET', headers }: IncomingMessage): Caller {
    const credential = credentialOf(headers);
    if (credential === null) throw new HubError('unauthorized', 'The request has no token.');
    const caller = this.#deps.tokens.identify(credential.secret);
    if (caller === null) throw new HubError('unauthorized', 'The token is unknown, expired or revoked.');
    if (credential.kind === 'cookie') assertCookieSuffices(method, headers);
    return caller;
  }
}
