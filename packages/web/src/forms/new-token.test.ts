import { TokenCreate } from '@leanvibe/protocol/token';
import { describe, expect, it } from 'vitest';
import { newToken, type TokenDraft } from './new-token.ts';

const draft: TokenDraft = { name: ' claude ', role: 'agent', scope: 'here', workspaces: 'a, b ,a,', life: '7' };
const now = Date.parse('2026-11-22T11:05:12.345Z');

describe('newToken', () => {
  it('[Settings] is for the open workspace, for those that are named, or for everything', () => {
    expect(newToken(draft, 'here', now)).toEqual({
      name: 'claude',
      role: 'agent',
      admin: false,
      client_ids: ['here'],
      expires_at: '2026-11-29T11:05:12.345Z',
    });
    expect(newToken({ ...draft, scope: 'several' }, 'here', now)).toMatchObject({ client_ids: ['a', 'b'] });
    expect(newToken({ ...draft, scope: 'admin', life: 'never' }, 'here', now)).toMatchObject({
      admin: true,
      client_ids: [],
      expires_at: null,
    });
  });

  it('[Settings] is what the server takes, or nothing', () => {
    const wrong = [
      { name: '  ' },
      { scope: 'several', workspaces: ' , ' },
      { scope: 'several', workspaces: 'good, not good' },
    ] as const;
    for (const change of wrong) expect(newToken({ ...draft, ...change }, 'here', now)).toBeNull();
    for (const scope of ['here', 'several', 'admin'] as const) {
      expect(TokenCreate.safeParse(newToken({ ...draft, scope }, 'here', now)).success).toBe(true);
    }
  });
});
