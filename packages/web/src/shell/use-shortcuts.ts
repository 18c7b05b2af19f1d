import { useEffect, useRef } from 'react';
import type { Command } from './commands-context.tsx';
import { isSingleKey, matchShortcut } from './shortcut.ts';
import { singleKeysAreOn } from './single-keys.ts';

// As long as one may take from the first key of a pair to the second.
const pairMs = 1200;

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || target.matches('input:not([type="checkbox"]), textarea, select'));

/** Runs the command whose shortcut is pressed anywhere in the app, but not under an open dialog, nor single keys while somebody types. */
export function useShortcuts(commands: readonly Command[]): void {
  const waiting = useRef<{ prefix: string; sinceMs: number } | null>(null);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || document.querySelector('dialog:modal') !== null) return;
      const usable = commands.filter(({ shortcut }) => shortcut !== undefined && isUsable(shortcut, event));
      const before = waiting.current;
      const prefix = before !== null && event.timeStamp - before.sinceMs < pairMs ? before.prefix : null;
      const match = matchShortcut(
        event,
        prefix,
        usable.map(({ shortcut }) => shortcut!),
      );
      waiting.current = match.kind === 'wait' ? { prefix: match.prefix, sinceMs: event.timeStamp } : null;
      if (match.kind !== 'run') return;
      event.preventDefault();
      usable.findLast(({ shortcut }) => shortcut === match.shortcut)?.run();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [commands]);
}

const isUsable = (shortcut: string, { target }: KeyboardEvent): boolean => {
  if (!isSingleKey(shortcut)) return shortcut !== 'Mod+z' || !isTyping(target);
  return !isTyping(target) && singleKeysAreOn();
};
