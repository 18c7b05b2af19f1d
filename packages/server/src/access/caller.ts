import type { Actor } from '@leanvibe/protocol/actor';
import type { RouteAccess } from '@leanvibe/protocol/route';
import type { TokenRole } from '@leanvibe/protocol/token';
import { HubError } from '../hub-error.ts';

/** Who calls: the holder of a token, or (on a server that asks for none) the person at this machine, who may do everything. */
export type Caller = {
  /** null: nobody was asked for a token. */
  tokenId: string | null;
  admin: boolean;
  /** The workspaces a token that is not admin is for. */
  clientIds: ReadonlySet<string>;
  role: TokenRole;
  /** When the token ends, in milliseconds since 1970; null: never. */
  expiresAtMs: number | null;
  actor: Actor;
};

/** Whether an agent acts here: one that holds the token, whatever name it gives, or one that a person names. */
export const isAgent = ({ role, actor }: Pick<Caller, 'role' | 'actor'>): boolean =>
  role === 'agent' || actor.kind === 'agent';

/** Refuses with `forbidden` what the caller may not do. `clientId` null: the route is about no workspace. */
export function assertMayCall(caller: Caller, access: RouteAccess, clientId: string | null): void {
  if (access === 'public') return;
  if (!caller.admin && (access === 'admin' || (clientId !== null && !caller.clientIds.has(clientId)))) {
    throw new HubError(
      'forbidden',
      access === 'admin' ? 'This needs an admin token.' : 'The token is not for this workspace.',
    );
  }
  if (caller.role === 'read-only' && access !== 'read') throw new HubError('forbidden', 'The token may only read.');
  if (access === 'decide' && isAgent(caller)) {
    throw new HubError('forbidden', 'Agents cannot approve or reject; a human has to.');
  }
}
