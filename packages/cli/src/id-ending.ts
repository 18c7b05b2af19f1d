import { CliError, exitCodes, usageError } from './cli-error.ts';
import { printable } from './printable.ts';

/** How many characters of an id are shown: its end, which is random. */
const shownLength = 8;
const candidatesShown = 10;

/** The end of an id, as lists show it and commands understand it. */
export const shortId = (id: string): string => id.slice(-shownLength);

/** Whether this is an id and not the end of one. */
export const isWholeId = (reference: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(reference);

/** Refuses what can be neither an id nor the end of one. `noun` is what it should name. */
export function assertEnding(reference: string, noun: string): void {
  if (/^[0-9a-f-]{1,36}$/i.test(reference)) return;
  throw usageError(
    `${JSON.stringify(printable(reference))} is not the id of a ${noun}, nor the end of one.`,
    `\`leanvibe ${noun === 'token' ? 'token' : 'tasks'} list\` shows the ends of the ids.`,
  );
}

/** How those are called among which is chosen, and what is shown of each. */
type Naming<Entry> = { one: string; several: string; label: (entry: Entry) => string };

/** The one entry whose id ends like this. */
export function pickByEnding<Entry extends { id: string }>(
  reference: string,
  entries: readonly Entry[],
  { one, several, label }: Naming<Entry>,
): Entry {
  const candidates = entries.filter(({ id }) => id.endsWith(reference.toLowerCase()));
  if (candidates.length === 1) return candidates[0]!;
  if (candidates.length === 0) throw new CliError(`No ${one} has an id that ends in ${reference}.`, exitCodes.refused);
  const lines = candidates.slice(0, candidatesShown).map((entry) => `\n  ${entry.id}  ${printable(label(entry))}`);
  const rest = candidates.length > candidatesShown ? `\n  … and ${candidates.length - candidatesShown} more` : '';
  throw usageError(
    `${candidates.length} ${several} have ids that end in ${reference}:${lines.join('')}${rest}`,
    'Give more of the id.',
  );
}
