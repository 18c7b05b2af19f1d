/** The item that a key leads to: the arrows go round, Home and End go to the ends, a letter goes to the next name that begins with it. */
export function nextItem<Item extends { textContent: string | null }>(
  items: readonly Item[],
  current: unknown,
  key: string,
): Item | undefined {
  const index = items.indexOf(current as Item);
  switch (key) {
    case 'ArrowDown':
      return items[(index + 1) % items.length];
    case 'ArrowUp':
      return items.at(index <= 0 ? -1 : index - 1);
    case 'Home':
      return items[0];
    case 'End':
      return items.at(-1);
    default: {
      if (key.length !== 1 || key === ' ') return undefined;
      const rest = [...items.slice(index + 1), ...items.slice(0, index + 1)];
      return rest.find(({ textContent }) => textContent?.trim().toLowerCase().startsWith(key.toLowerCase()));
    }
  }
}
