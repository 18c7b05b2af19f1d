import type { IncomingMessage } from 'node:http';
import { routes } from '@leanvibe/protocol/route-catalogue';
import { sessionCookieName } from '@leanvibe/protocol/token';
import type { Clock } from '../clock.ts';
import { HubError } from '../hub-error.ts';
import { emptyAnswer, jsonAnswer } from '../http/answer.ts';
import type { RouteHost } from '../http/route-binding.ts';
import { pairingUrl, type PairingCodes } from './pairing-codes.ts';
import { tokenOf } from './token-record.ts';
import { pageOfTokens } from './token-page.ts';
import type { TokenService } from './token-service.ts';

/** What the routes about access call. */
export type AccessRoutesDeps = {
  tokens: TokenService;
  codes: PairingCodes;
  clock: Clock;
};

const sessionSeconds = 30 * 86_400;

/** Where the caller found this server, which was checked to be this server. */
const addressFor = ({ headers }: IncomingMessage): string => headers.origin ?? `http://${headers.host ?? ''}`;

const sessionCookie = (secret: string): string =>
  `${sessionCookieName}=${secret}; Path=/; Max-Age=${sessionSeconds}; HttpOnly; SameSite=Strict`;

const noStore = { 'cache-control': 'no-store' };

function registerTokenRoutes({ serve }: RouteHost, { tokens }: AccessRoutesDeps): void {
  serve(routes.createToken, async ({ body }, context) => {
    const draft = tokens.draft(body);
    const answer = jsonAnswer(201, { ...tokenOf(draft.record), token: draft.secret }, noStore);
    await tokens.add(draft, context.receipt(answer, { secret: true }));
    return answer;
  });

  serve(routes.listTokens, ({ query }) => pageOfTokens(tokens.list(), query));

  serve(routes.revokeToken, async ({ params }) => {
    await tokens.revoke(params.token_id);
    return emptyAnswer(204);
  });
}

function registerPairingRoutes({ serve }: RouteHost, { tokens, codes, clock }: AccessRoutesDeps): void {
  serve(routes.createPairingLink, (_input, context) => {
    const { code, expiresAtMs } = codes.create();
    const link = {
      url: pairingUrl(addressFor(context.request.raw), code),
      expires_at: new Date(expiresAtMs).toISOString(),
    };
    const answer = jsonAnswer(201, link, noStore);
    context.receipt(answer, { secret: true });
    return answer;
  });

  serve(routes.redeemPairingLink, async ({ query }) => {
    if (!codes.redeem(query.code)) {
      throw new HubError('unauthorized', 'The link was used already or is too old. Ask for a new one.');
    }
    const { secret } = await tokens.create({
      name: 'browser',
      admin: true,
      client_ids: [],
      role: 'human',
      expires_at: new Date(clock.now() + sessionSeconds * 1000).toISOString(),
    });
    return emptyAnswer(303, { ...noStore, location: '/', 'set-cookie': sessionCookie(secret) });
  });
}

/** Serves the routes about tokens and signing in. */
export function registerAccessRoutes(host: RouteHost, deps: AccessRoutesDeps): void {
  registerTokenRoutes(host, deps);
  registerPairingRoutes(host, deps);
}
