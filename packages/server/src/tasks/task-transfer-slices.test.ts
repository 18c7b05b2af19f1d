import { describe, expect, it } from 'vitest';
import { mapInSlices } from './task-transfer-slices.ts';

describe('mapInSlices', () => {
  it('[T13] gives the results in order, waiting for those that take time', async () => {
    const results = await mapInSlices(['a', 'b', 'c'], (item, index) =>
      index === 1 ? Promise.resolve(`${item}!`) : item,
    );
    expect(results).toEqual(['a', 'b!', 'c']);
    expect(await mapInSlices([], () => 1)).toEqual([]);
  });

  it('[T13] lets others have their turn between slices', async () => {
    let turns = 0;
    let isOver = false;
    const count = (): void => {
      turns += 1;
      if (!isOver) setImmediate(count);
    };
    setImmediate(count);
    const seen = await mapInSlices(Array.from({ length: 1000 }), () => turns);
    isOver = true;
    expect(new Set(seen).size).toBe(10);
  });

  it('[T13] ends with the first error', async () => {
    const fail = (item: number): number => {
      if (item === 2) throw new Error('two');
      return item;
    };
    await expect(mapInSlices([1, 2, 3], fail)).rejects.toThrow('two');
  });
});
