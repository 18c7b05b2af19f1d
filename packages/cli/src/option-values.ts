import { InvalidArgumentError, Option } from 'commander';
import { readTime } from './local-time.ts';

const notAllowed = (value: string, choices: readonly string[]): InvalidArgumentError =>
  new InvalidArgumentError(`${JSON.stringify(value)} is none of: ${choices.join(', ')}.`);

/** Reads one of some values. `aliases` are accepted and not listed. */
export const oneOf =
  (choices: readonly string[], aliases: readonly string[] = []) =>
  (value: string): string => {
    if (choices.includes(value) || aliases.includes(value)) return value;
    throw notAllowed(value, choices);
  };

/** An option with one of some values, which its help lists. */
export const choiceOption = (
  flags: string,
  help: string,
  choices: readonly string[],
  aliases: readonly string[] = [],
): Option => new Option(flags, `${help}: ${choices.join(', ')}`).argParser(oneOf(choices, aliases));

/** An option that can be given several times, or with commas, and means any of its values. */
export function choicesOption(
  flags: string,
  help: string,
  choices: readonly string[],
  aliases: readonly string[] = [],
): Option {
  const read = oneOf(choices, aliases);
  return new Option(flags, `${help}, any of: ${choices.join(', ')}`).argParser((value: string, earlier?: string[]) => [
    ...(earlier ?? []),
    ...value.split(',').map((item) => read(item.trim())),
  ]);
}

/** Collects the values of an option that can be given several times. */
export const collect = (value: string, earlier: string[] | undefined): string[] => [...(earlier ?? []), value];

/** Reads a whole number within bounds. */
export const wholeNumber =
  (least: number, most: number) =>
  (value: string): number => {
    const number = /^\d{1,15}$/.test(value) ? Number(value) : Number.NaN;
    if (number >= least && number <= most) return number;
    throw new InvalidArgumentError(`It must be a whole number from ${least} to ${most}.`);
  };

/** Reads a number within bounds. */
export const numberBetween =
  (least: number, most: number) =>
  (value: string): number => {
    const number = /^\d{1,15}(\.\d{1,15})?$/.test(value) ? Number(value) : Number.NaN;
    if (number >= least && number <= most) return number;
    throw new InvalidArgumentError(`It must be a number from ${least} to ${most}.`);
  };

/** Reads a time as people type it, and answers as the server wants it. */
export const timeFrom =
  (nowMs: number) =>
  (value: string): string => {
    const time = readTime(value, nowMs);
    if (time !== null) return time;
    throw new InvalidArgumentError(
      'Write a time like 2026-12-24, "2026-12-24 18:00", 2026-12-24T18:00:00Z, +3d or -2h.',
    );
  };
