import type { ClientType } from '@leanvibe/protocol/streaming';

const signs: readonly (readonly [RegExp, ClientType])[] = [
  [/leanvibe-cli/i, 'cli'],
  [/leanvibe-agent|claude|codex|mcp/i, 'agent'],
  [/\b(iphone|ipad|ios|cfnetwork)\b/i, 'ios'],
  [/mozilla\//i, 'web'],
];

/** What kind of program connects: what it says itself, or what its User-Agent looks like. */
export const guessClientType = (said: ClientType | undefined, userAgent: string | undefined): ClientType =>
  said ?? signs.find(([sign]) => userAgent !== undefined && sign.test(userAgent))?.[1] ?? 'unknown';
