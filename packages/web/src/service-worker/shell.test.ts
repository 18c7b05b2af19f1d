import { describe, expect, it } from 'vitest';
import { answerableOf, cacheNameOf, outdatedCaches } from './shell.ts';

describe('what the service worker answers', () => {
  it.each(['/', '/inbox', '/inbox/', '/activity', '/settings'])('[Offline] the page %s', (path) => {
    expect(answerableOf(path, true)).toBe('page');
  });

  it.each(['/docs', '/pair', '/tasks/default/board', '/inbox/x', '/openapi.json'])(
    '[Offline] not the address %s, which is the server’s',
    (path) => {
      expect(answerableOf(path, true)).toBeNull();
    },
  );

  it('[Offline] files of the app, and no answer of the interface', () => {
    expect(answerableOf('/assets/index-1a2b.js', false)).toBe('file');
    expect(answerableOf('/app/icon.svg', false)).toBe('file');
    for (const path of ['/', '/tasks/default/board', '/events/default', '/health', '/service-worker.js'])
      expect([path, answerableOf(path, false)]).toEqual([path, null]);
  });
});

describe('the caches of other versions', () => {
  const [first, second, third] = ['1', '2', '3'].map((version) => cacheNameOf({ version })) as [string, string, string];

  it('[Update] go, but for the version before and what is not ours', () => {
    expect(outdatedCaches([], first)).toEqual([]);
    expect(outdatedCaches([first], first)).toEqual([]);
    expect(outdatedCaches([first, second], second)).toEqual([]);
    expect(outdatedCaches([first, 'other', second, third], third)).toEqual([first]);
    expect(outdatedCaches([first, second, third], first)).toEqual([second]);
  });
});
