import { generateKeyBetween, generateNKeysBetween } from 'fractional-indexing';

/** What decides where an imported task stands in its column. */
export type RankWish = { position: string | number | null; createdAt: string };

/** The ranks that a column has: whether one is taken, and the last of them. */
export type ColumnRanks = { taken: ReadonlySet<string>; last: string | null };

const longestRank = 1024;

function isRank(position: string | number | null): position is string {
  if (typeof position !== 'string' || position.length > longestRank) return false;
  try {
    generateKeyBetween(position, null);
    return true;
  } catch {
    return false;
  }
}

/**
 * The ranks of the tasks that are imported into one column. Those of the file stay when all can; otherwise the tasks follow, in the
 * order of the file's positions and then by age, after what stands there.
 */
export function planRanks(wishes: readonly RankWish[], { taken, last }: ColumnRanks): string[] {
  const positions = wishes.map(({ position }) => position);
  const free = positions.filter((position): position is string => isRank(position) && !taken.has(position));
  if (free.length === wishes.length && new Set(free).size === wishes.length) return free;
  const order = wishes.map((_, index) => index).sort((one, other) => compare(wishes[one]!, wishes[other]!));
  const ranks = generateNKeysBetween(last, null, wishes.length);
  const planned = new Array<string>(wishes.length);
  order.forEach((index, place) => (planned[index] = ranks[place]!));
  return planned;
}

function compare(one: RankWish, other: RankWish): number {
  const byPosition = comparePositions(one.position, other.position);
  if (byPosition !== 0 || one.createdAt === other.createdAt) return byPosition;
  return one.createdAt < other.createdAt ? -1 : 1;
}

// Numbers first, then ranks, then what has no position: any total order will do where a file mixes them.
function comparePositions(one: RankWish['position'], other: RankWish['position']): number {
  const kinds = kindOf(one) - kindOf(other);
  if (kinds !== 0 || one === null || other === null || one === other) return kinds;
  return one < other ? -1 : 1;
}

const kindOf = (position: RankWish['position']): number =>
  typeof position === 'number' ? 0 : typeof position === 'string' ? 1 : 2;
