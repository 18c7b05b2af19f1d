import { describe, expect, it } from 'vitest';
import { elapsedText } from './elapsed-time.ts';

describe('elapsedText', () => {
  it.each([
    [-5, 'less than a minute'],
    [59_999, 'less than a minute'],
    [60_000, '1 minute'],
    [3_599_999, '59 minutes'],
    [3_600_000, '1 hour'],
    [7_200_000, '2 hours'],
    [86_400_000, '1 day'],
    [200_000_000, '2 days'],
  ])('[Inbox] says that %d ms are %s', (ms, text) => {
    expect(elapsedText(ms)).toBe(text);
  });
});
