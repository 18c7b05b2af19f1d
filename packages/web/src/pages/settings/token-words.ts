import type { Token, TokenRole } from '@leanvibe/protocol/token';

/** What people call each role. */
export const roleTitles: Readonly<Record<TokenRole, string>> = {
  human: 'Human',
  agent: 'Agent',
  device: 'Device',
  'read-only': 'Read only',
};

/** Whether a browser has it from a pairing link. */
export const isPaired = ({ name, admin }: Token): boolean => name === 'browser' && admin;

/** Whether it still lets anybody in. */
export const isUsable = ({ revoked_at: revoked, expires_at: expires }: Token, nowMs: number): boolean =>
  revoked === null && (expires === null || Date.parse(expires) > nowMs);

/** Where it lets in. */
export const scopeText = ({ admin, client_ids: workspaces }: Token): string => {
  if (admin) return 'Everything';
  return workspaces.length > 2 ? `${workspaces.length} workspaces` : workspaces.join(', ');
};
