import { expect, it } from 'vitest';
import { guessClientType } from './client-type.ts';

it.each([
  [undefined, undefined, 'unknown'],
  [undefined, 'curl/8.1', 'unknown'],
  [undefined, 'leanvibe-cli/1.0.0', 'cli'],
  [undefined, 'claude-code/2.1', 'agent'],
  [undefined, 'LeanVibe/1 CFNetwork/1498 Darwin/23', 'ios'],
  [undefined, 'Mozilla/5.0 (X11; Linux x86_64)', 'web'],
  [undefined, 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0)', 'ios'],
  ['agent', 'Mozilla/5.0', 'agent'],
] as const)('[W9] said %s by %s: %s', (said, userAgent, type) => {
  expect(guessClientType(said, userAgent)).toBe(type);
});
