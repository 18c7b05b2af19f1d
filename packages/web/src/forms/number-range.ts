/** Which numbers a field takes; without `isNeeded` also none. */
export type NumberRange = { from: number; to: number; isWhole: boolean; isNeeded?: boolean };

/** A number as it is typed: null for nothing, undefined for what is outside of the range. */
export function readNumber(
  text: string,
  { from, to, isWhole, isNeeded = false }: NumberRange,
): number | null | undefined {
  if (text.trim() === '') return isNeeded ? undefined : null;
  const value = Number(text.replace(',', '.'));
  if (Number.isNaN(value) || value < from || value > to) return undefined;
  return isWhole && !Number.isInteger(value) ? undefined : value;
}
