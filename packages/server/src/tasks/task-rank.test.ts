import { generateKeyBetween } from 'fractional-indexing';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { rankIn, type RandomBelow } from './task-rank.ts';

const seeded = (seed: number): RandomBelow => {
  let state = seed >>> 0;
  return (end) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * end);
  };
};

/** Random numbers that a property can repeat: always the lowest, always the highest, or from a seed. */
const randoms = fc.oneof(
  fc.constant<RandomBelow>(() => 0),
  fc.constant<RandomBelow>((end) => end - 1),
  fc.nat().map(seeded),
);

/** Puts a rank into the gap before each of these places, one after the other. */
function insertAt(places: readonly number[], randomBelow: RandomBelow): string[] {
  const ranks: string[] = [];
  for (const place of places) {
    const index = place % (ranks.length + 1);
    const rank = rankIn({ above: ranks[index - 1] ?? null, below: ranks[index] ?? null }, randomBelow);
    ranks.splice(index, 0, rank);
  }
  return ranks;
}

const asBytes = (left: string, right: string): number => Buffer.compare(Buffer.from(left), Buffer.from(right));

it('[T6] puts a rank into any gap, in the order of bytes', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(), { minLength: 1, maxLength: 120 }), randoms, (places, randomBelow) => {
      const ranks = insertAt(places, randomBelow);
      expect([...ranks].sort(asBytes)).toEqual(ranks);
      expect(new Set(ranks).size).toBe(ranks.length);
    }),
  );
});

it('[T6] makes ranks that the next rank can be made from', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(), { minLength: 1, maxLength: 60 }), randoms, (places, randomBelow) => {
      for (const rank of insertAt(places, randomBelow)) {
        expect(generateKeyBetween(rank, null) > rank).toBe(true);
        expect(generateKeyBetween(null, rank) < rank).toBe(true);
      }
    }),
  );
});

it('[T6] fits between ranks that were made without a random end, as those of an imported file', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(), { minLength: 2, maxLength: 40 }), randoms, (places, randomBelow) => {
      const ranks: string[] = [];
      for (const place of places) {
        const index = place % (ranks.length + 1);
        ranks.splice(index, 0, generateKeyBetween(ranks[index - 1], ranks[index]));
      }
      ranks.slice(1).forEach((below, index) => {
        const rank = rankIn({ above: ranks[index]!, below }, randomBelow);
        expect(rank > ranks[index]! && rank < below).toBe(true);
      });
    }),
  );
});

it.each([
  ['at the end', (count: number) => count, 9],
  ['at the beginning', () => 0, 9],
  ['always at the second place', () => 1, 10 + 1000 / 3],
  ['always before the last', (count: number) => Math.max(0, count - 1), 10 + 1000 / 3],
  ['always in the middle', (count: number) => count >> 1, 10 + 1000 / 3],
])('[T6] keeps ranks short: 1,000 tasks put in %s', (_where, placeOf, longest) => {
  const places = Array.from({ length: 1000 }, (_, count) => placeOf(count));
  const ranks = insertAt(places, seeded(7));
  expect(Math.max(...ranks.map((rank) => rank.length))).toBeLessThanOrEqual(longest);
});

it('[T6] gives those who meet in one gap different ranks', () => {
  const numbers = [1, 2, 3, 4, 1, 2, 3, 5];
  const randomBelow: RandomBelow = () => numbers.shift()!;
  const gap = { above: 'a0', below: 'a1' };
  const first = rankIn(gap, randomBelow);
  expect(rankIn(gap, randomBelow)).not.toBe(first);
});

it.each(['a01', 'a011V', 'a0111V', 'a00001', 'a00011z'])('[T6] stays above a rank as near as %s', (below) => {
  const highest: RandomBelow = (end) => end - 1;
  const rank = rankIn({ above: 'a0', below }, highest);
  expect(rank > 'a0' && rank < below).toBe(true);
});
