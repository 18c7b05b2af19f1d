/** The entry that J (a step of 1) and K (-1) lead to; from none to the first or the last. Null where there is nothing to go to. */
export function stepFrom(ids: readonly string[], selected: string | null, step: 1 | -1): string | null {
  const index = selected === null ? -1 : ids.indexOf(selected);
  if (index < 0) return (step === 1 ? ids[0] : ids.at(-1)) ?? null;
  return ids[index + step] ?? null;
}

/** The entry that takes the place of one that has gone: the next one that is left, else the one before; null when none is left. */
export function successorOf(before: readonly string[], gone: string, left: readonly string[]): string | null {
  const index = before.indexOf(gone);
  const isLeft = (id: string): boolean => left.includes(id);
  return before.slice(index + 1).find(isLeft) ?? before.slice(0, Math.max(0, index)).findLast(isLeft) ?? null;
}
