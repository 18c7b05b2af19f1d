import { matchesGlob } from 'node:path/posix';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pathGlob } from './path-glob.ts';

describe('a glob', () => {
  it.each([
    ['*.log', '/var/app/x.log', true],
    ['*.log', 'x.log', true],
    ['*.log', 'x.log/y', false],
    ['node_modules/**', '/a/node_modules/b/c.js', true],
    ['node_modules/**', '/a/my_node_modules/b', false],
    ['**/dist/**', 'dist/x', true],
    ['a/**/b', 'a/b', true],
    ['a/**/b', 'a/x/y/b', true],
    ['a/**/b', 'a/xb', false],
    ['/etc/*', '/etc/passwd', true],
    ['/etc/*', '/home/etc/passwd', false],
    ['file?.ts', 'file1.ts', true],
    ['file?.ts', 'file/.ts', false],
    ['src\\*.ts', 'C:\\src\\main.ts', true],
    ['**', 'anything/at/all', true],
    ['a+(b)[c]{d}', 'a+(b)[c]{d}', true],
    ['a+(b)', 'abb', false],
    ['💚*', '💚x', true],
    ['?', '💚', true],
  ])('[W9] %s on %s: %s', (pattern, path, expected) => {
    expect(pathGlob(pattern)(path)).toBe(expected);
  });

  it('[W9] agrees with Node on anchored patterns', () => {
    const segment = fc.constantFrom('a', 'b', 'ab', '*', '?', '*b', '**');
    const name = fc.constantFrom('a', 'b', 'ab', 'abb');
    fc.assert(
      fc.property(
        fc.array(segment, { maxLength: 5 }),
        fc.array(name, { minLength: 1, maxLength: 5 }),
        (segments, names) => {
          // Node lets a `**` at the end stand for a folder itself too.
          fc.pre(segments.length > 0 && segments.at(-1) !== '**');
          const pattern = `/${segments.join('/')}`;
          const path = `/${names.join('/')}`;
          expect(pathGlob(pattern)(path)).toBe(matchesGlob(path, pattern));
        },
      ),
    );
  });

  // With backtracking this would not end before the test's time is over, nor before the sun's.
  it('[W9] does not backtrack on a pattern made to be slow', () => {
    expect(pathGlob('*a'.repeat(128))(`${'a'.repeat(4000)}!`)).toBe(false);
  });
});
