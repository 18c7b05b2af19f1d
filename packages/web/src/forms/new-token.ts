import type { TokenRole } from '@leanvibe/protocol/token';
import { isWorkspaceName } from '../hub/workspace.ts';

/** Where a token lets in: the open workspace, those that are named, or everywhere. */
export type TokenScope = 'here' | 'several' | 'admin';

/** How long a token lasts, in days. */
export type TokenLife = '7' | '30' | '90' | '365' | 'never';

/** A token as somebody fills it in. */
export type TokenDraft = { name: string; role: TokenRole; scope: TokenScope; workspaces: string; life: TokenLife };

/** A token to be made, as the server takes it. */
type NewToken = { name: string; role: TokenRole; admin: boolean; client_ids: string[]; expires_at: string | null };

const dayMs = 24 * 3_600_000;

/** The token that was filled in; null as long as something is missing or wrong. */
export function newToken(
  { name, role, scope, workspaces, life }: TokenDraft,
  here: string,
  nowMs: number,
): NewToken | null {
  const named = workspaces
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean);
  const scopes = { here: [here], several: [...new Set(named)], admin: [] };
  const clientIds = scopes[scope];
  const isWrong =
    name.trim() === '' || !clientIds.every(isWorkspaceName) || (scope === 'several' && clientIds.length === 0);
  if (isWrong) return null;
  const expiresAt = life === 'never' ? null : new Date(nowMs + Number(life) * dayMs).toISOString();
  return { name: name.trim(), role, admin: scope === 'admin', client_ids: clientIds, expires_at: expiresAt };
}
