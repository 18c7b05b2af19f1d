import { setImmediate as nextTurn } from 'node:timers/promises';

/** Items that are worked on in one turn of the event loop. */
const sliceLength = 100;

/** Maps a long list in slices between which the server serves others. */
export async function mapInSlices<Item, Result>(
  items: readonly Item[],
  work: (item: Item, index: number) => Result | Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  for (const [index, item] of items.entries()) {
    if (index > 0 && index % sliceLength === 0) await nextTurn();
    const result = work(item, index);
    results.push(result instanceof Promise ? await result : result);
  }
  return results;
}
