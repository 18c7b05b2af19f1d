import fc from 'fast-check';
import { generateNKeysBetween } from 'fractional-indexing';
import { describe, expect, it } from 'vitest';
import { planRanks, type RankWish } from './task-transfer-ranks.ts';

const empty = { taken: new Set<string>(), last: null };
const wish = (position: RankWish['position'], createdAt = '2026-01-01T00:00:00.000Z'): RankWish => ({
  position,
  createdAt,
});
/** The places of the wishes, from the top. */
const orderOf = (ranks: readonly string[]): number[] =>
  ranks.map((_, index) => index).sort((one, other) => (ranks[one]! < ranks[other]! ? -1 : 1));

describe('planRanks', () => {
  it('[T13] keeps ranks that are valid, free and different', () => {
    expect(planRanks([wish('a1'), wish('a0'), wish('Zz')], empty)).toEqual(['a1', 'a0', 'Zz']);
  });

  it('[T13] ranks anew in the same order when two are the same', () => {
    expect(orderOf(planRanks([wish('a1'), wish('a0'), wish('a0')], empty))).toEqual([1, 2, 0]);
  });

  it('[T13] ranks anew, after what stands there, when one is taken', () => {
    const ranks = planRanks([wish('a5'), wish('a1')], { taken: new Set(['a1', 'a9']), last: 'a9' });
    expect(orderOf(ranks)).toEqual([1, 0]);
    for (const rank of ranks) expect(rank > 'a9').toBe(true);
  });

  it.each(['', 'x', 'a', 'a00', '!!', 'a'.repeat(2000)])('[T13] does not take %j for a rank', (position) => {
    const ranks = planRanks([wish(position), wish('a0')], empty);
    expect(ranks).not.toContain(position);
  });

  it('[T13] orders by number, then by age, then as the file does', () => {
    const wishes = [wish(null, '2026-01-02'), wish(null, '2026-01-01'), wish(10), wish(9), wish(null, '2026-01-01')];
    expect(orderOf(planRanks(wishes, empty))).toEqual([3, 2, 1, 4, 0]);
  });

  it('[T13] gives every task a rank of its own that is not taken', () => {
    const positions = fc.oneof(
      fc.constant(null),
      fc.integer(),
      fc.constantFrom(...generateNKeysBetween(null, null, 20)),
      fc.string(),
    );
    const taken = fc.uniqueArray(fc.constantFrom(...generateNKeysBetween(null, null, 20)));
    fc.assert(
      fc.property(fc.array(positions), taken, (wishes, there) => {
        const last = there.toSorted().at(-1) ?? null;
        const ranks = planRanks(
          wishes.map((position) => wish(position)),
          { taken: new Set(there), last },
        );
        expect(new Set([...ranks, ...there]).size).toBe(wishes.length + there.length);
      }),
    );
  });
});
