import { describe, expect, it } from 'vitest';
import { pageTitle } from './page-title.ts';

describe('pageTitle', () => {
  it('[Inbox] counts what waits in front of the name of any page', () => {
    expect(pageTitle('Board', 3)).toBe('(3) Board · LeanVibe');
    expect(pageTitle('Inbox', 0)).toBe('Inbox · LeanVibe');
  });
});
