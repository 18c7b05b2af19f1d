import { BASE_62_DIGITS, generateKeyBetween } from 'fractional-indexing';

/** A whole number from 0 to below `end`, each as likely. */
export type RandomBelow = (end: number) => number;

/** Where a task is to stand: right below one rank and right above another; null: nothing is there. */
export type RankGap = { above: string | null; below: string | null };

const suffixLength = 4;

/**
 * A rank in the gap; ranks compare as bytes. It ends at random, so that those who put tasks into the same gap at the same time get
 * different ranks (the same one in 14 million pairs).
 */
export function rankIn({ above, below }: RankGap, randomBelow: RandomBelow): string {
  return shortestRankIn(above, below) + randomSuffix(randomBelow);
}

// Whatever follows on this rank stays in the gap, because the rank below does not begin with it.
function shortestRankIn(above: string | null, below: string | null): string {
  let rank = generateKeyBetween(above, below);
  // At the open end on top, step down to the next whole number instead of dividing what is left of this one.
  if (above === null && below?.startsWith(rank)) return generateKeyBetween(null, rank);
  while (below?.startsWith(rank)) rank = generateKeyBetween(rank, below);
  return rank;
}

// A rank never ends with the lowest digit: nothing would fit between it and the same rank without that digit.
function randomSuffix(randomBelow: RandomBelow): string {
  let suffix = '';
  while (suffix.length < suffixLength - 1) suffix += BASE_62_DIGITS[randomBelow(BASE_62_DIGITS.length)];
  return suffix + BASE_62_DIGITS[1 + randomBelow(BASE_62_DIGITS.length - 1)];
}
