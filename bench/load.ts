import { Worker } from 'node:worker_threads';
import type { Load, LoadResult } from './load-worker.ts';

/** Runs a load on a thread of its own. */
export function runLoad(load: Load): Promise<LoadResult> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./load-worker.ts', import.meta.url), { workerData: load });
    worker.once('message', resolve);
    worker.once('error', reject);
  });
}

/** The p-quantile (0..1) of ascending numbers, nearest rank. */
export function quantile(ascending: readonly number[], p: number): number {
  if (ascending.length === 0) throw new Error('no measurements');
  return ascending[Math.min(ascending.length - 1, Math.max(0, Math.ceil(p * ascending.length) - 1))]!;
}

export const median = (values: readonly number[]): number =>
  quantile(
    [...values].sort((a, b) => a - b),
    0.5,
  );

/** Measures two things in turn, A B A B …, and gives the median of the ratios A / B with the medians of both. */
export async function pairedRatio(
  rounds: number,
  one: () => Promise<number>,
  other: () => Promise<number>,
): Promise<{ ratio: number; one: number; other: number }> {
  const pairs: [number, number][] = [];
  for (let round = 0; round < rounds; round += 1) pairs.push([await one(), await other()]);
  return {
    ratio: median(pairs.map(([a, b]) => a / b)),
    one: median(pairs.map(([a]) => a)),
    other: median(pairs.map(([, b]) => b)),
  };
}
