import { tokenRoles, type Token } from '@leanvibe/protocol/token';
import { describe, expect, it } from 'vitest';
import { isPaired, isUsable, roleTitles, scopeText } from './token-words.ts';

const token = (members: Partial<Token>) =>
  ({ name: 'x', admin: false, client_ids: [], expires_at: null, revoked_at: null, ...members }) as Token;

describe('tokens in words', () => {
  it('[Settings] have a title for each role', () => {
    expect(Object.keys(roleTitles)).toEqual([...tokenRoles]);
  });

  it('[Settings] are usable until they are revoked or expire', () => {
    const at = '2026-11-22T11:05:12.345Z';
    const now = Date.parse(at);
    expect(isUsable(token({}), now)).toBe(true);
    expect(isUsable(token({ revoked_at: at }), now)).toBe(false);
    expect(isUsable(token({ expires_at: at }), now)).toBe(false);
    expect(isUsable(token({ expires_at: at }), now - 1)).toBe(true);
  });

  it('[Settings] say where they let in', () => {
    expect(scopeText(token({ admin: true }))).toBe('Everything');
    expect(scopeText(token({ client_ids: ['a', 'b'] }))).toBe('a, b');
    expect(scopeText(token({ client_ids: ['a', 'b', 'c'] }))).toBe('3 workspaces');
  });

  it('[Settings] of signed-in browsers are told from others', () => {
    expect(isPaired(token({ name: 'browser', admin: true }))).toBe(true);
    expect(isPaired(token({ name: 'browser' }))).toBe(false);
  });
});
