import type { IncomingMessage } from 'node:http';
import type { Logger } from 'pino';
import { registerAccessRoutes } from './access/access-routes.ts';
import { AccessService } from './access/access-service.ts';
import type { Caller } from './access/caller.ts';
import { PairingCodes } from './access/pairing-codes.ts';
import { TokenService } from './access/token-service.ts';
import type { Clock } from './clock.ts';
import type { ServerConfig } from './config.ts';
import type { Store } from './database/store.ts';
import type { RouteHost } from './http/route-binding.ts';

export type AccessDeps = { config: ServerConfig; store: Store; clock: Clock; log: Logger };

/** Everything about who may call. */
export type Access = {
  service: AccessService;
  /** The secret of the first token, when one was made just now. */
  firstToken: string | null;
  register(host: RouteHost): void;
  /** Who asks for a socket; throws `HubError` when it may not have one. */
  admit(request: IncomingMessage): Caller;
  onRevoked(listener: (tokenId: string) => void): void;
  pairingUrl(base: string): string;
};

/** Builds what decides who may call, and makes the first token where one is needed. */
export async function createAccess({ config, store, clock, log }: AccessDeps): Promise<Access> {
  const onError = (error: unknown) => log.warn({ err: error }, 'It could not be noted that a token was used');
  const tokens = await TokenService.open({ store, clock, onError });
  const codes = new PairingCodes({ clock });
  const { auth, loopback, host } = config;
  const service = new AccessService({ auth, loopback, host, tokens });
  const firstToken = auth === 'token' ? await tokens.createFirst() : null;
  return {
    service,
    firstToken,
    register: (routeHost) => registerAccessRoutes(routeHost, { tokens, codes, clock }),
    admit(request) {
      service.assertSource(request);
      return service.callerOf(request);
    },
    onRevoked: (listener) => void tokens.onRevoked(listener),
    pairingUrl: (base) => (auth === 'token' ? `${base}/pair?code=${codes.create().code}` : base),
  };
}
