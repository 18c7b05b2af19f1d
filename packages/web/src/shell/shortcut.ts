/** What of a key press decides whether it is a shortcut. */
export type KeyPress = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>;

/** A key press as shortcuts are written: `Mod+k`, `Shift+ArrowUp`, `?`. Shift is part of a character, so it is not said twice. */
export function shortcutOf({ key, ctrlKey, metaKey, altKey, shiftKey }: KeyPress): string {
  const isCharacter = [...key].length === 1;
  const name = isCharacter && (ctrlKey || metaKey || /\p{L}/u.test(key)) ? key.toLowerCase() : key;
  const saysShift = shiftKey && (!isCharacter || /\p{L}/u.test(key));
  return [(ctrlKey || metaKey) && 'Mod', altKey && 'Alt', saysShift && 'Shift', name].filter(Boolean).join('+');
}

/** Whether a shortcut is pressed without holding anything, so that speech input could hit it by chance. */
export const isSingleKey = (shortcut: string): boolean => !/^(Mod|Alt)\+/.test(shortcut);

/** What to do about a key: run the shortcut that it completes, wait for a second key, or nothing. */
export type ShortcutMatch = { kind: 'run'; shortcut: string } | { kind: 'wait'; prefix: string } | { kind: 'none' };

/** Matches a key press, after the keys that are waiting for one, with the shortcuts there are. */
export function matchShortcut(press: KeyPress, waiting: string | null, shortcuts: readonly string[]): ShortcutMatch {
  const pressed = shortcutOf(press);
  for (const wanted of waiting === null ? [pressed] : [`${waiting} ${pressed}`, pressed]) {
    if (shortcuts.includes(wanted)) return { kind: 'run', shortcut: wanted };
    if (shortcuts.some((shortcut) => shortcut.startsWith(`${wanted} `))) return { kind: 'wait', prefix: wanted };
  }
  return { kind: 'none' };
}
