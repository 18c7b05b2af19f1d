import { describe, expect, it } from 'vitest';
import { isSingleKey, matchShortcut, shortcutOf } from './shortcut.ts';

const press = (key: string, held: Partial<Parameters<typeof shortcutOf>[0]> = {}) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...held,
});

describe('shortcuts', () => {
  it('[Shortcuts] are written as they are pressed; Shift is part of a sign, and Ctrl and Cmd are one', () => {
    expect(shortcutOf(press('k', { ctrlKey: true }))).toBe('Mod+k');
    expect(shortcutOf(press('K', { metaKey: true, shiftKey: true }))).toBe('Mod+Shift+k');
    expect(shortcutOf(press('?', { shiftKey: true }))).toBe('?');
    expect(shortcutOf(press('F', { shiftKey: true }))).toBe('Shift+f');
    expect(shortcutOf(press('ArrowUp', { shiftKey: true, altKey: true }))).toBe('Alt+Shift+ArrowUp');
  });

  it('[Shortcuts] of two keys wait for the second, and a wrong second key counts for itself', () => {
    const known = ['g b', 'g i', 'c'];
    expect(matchShortcut(press('g'), null, known)).toEqual({ kind: 'wait', prefix: 'g' });
    expect(matchShortcut(press('i'), 'g', known)).toEqual({ kind: 'run', shortcut: 'g i' });
    expect(matchShortcut(press('c'), 'g', known)).toEqual({ kind: 'run', shortcut: 'c' });
    expect(matchShortcut(press('x'), null, known)).toEqual({ kind: 'none' });
  });

  it('[Shortcuts] pressed alone can be told from held ones', () => {
    expect(['c', 'g b', '?', 'Shift+f'].every(isSingleKey)).toBe(true);
    expect(['Mod+k', 'Alt+x'].some(isSingleKey)).toBe(false);
  });
});
