import type { BenchCase, CaseResult } from '../case-result.ts';
import { quantile, runLoad } from '../load.ts';
import { startLeanVibe } from '../server-process.ts';
import { compileShim } from '../../packages/server/test/fault/compile-shim.ts';

const syncMs = 20;

const row = (name: string, ascendingMs: readonly number[], p99: number): CaseResult => ({
  name,
  measured: quantile(ascendingMs, 0.99),
  unit: 'ms p99',
  bound: { kind: 'at most', value: p99 },
  detail: `p50 ${quantile(ascendingMs, 0.5).toFixed(1)} ms, max ${ascendingMs.at(-1)!.toFixed(1)} ms, ${ascendingMs.length} requests`,
});

/** Creates and lists at a fixed rate while every sync of the disk takes 20 ms; latency counts from the intended send time. */
export const slowDisk: BenchCase = {
  name: 'slow-disk',
  async run() {
    const shim = compileShim('faultfs');
    await using ours = await startLeanVibe({ LD_PRELOAD: shim, FAULT_SYNC_US: String(syncMs * 1000) });
    const create = {
      name: 'create',
      method: 'POST',
      path: '/tasks/bench',
      body: '{"title":"Measure {n}"}',
      status: 201,
      ratePerSecond: 400,
    };
    const list = { name: 'list', method: 'GET', path: '/tasks/bench?limit=100', status: 200, ratePerSecond: 400 };
    const load = { port: ours.port, mode: 'open', connections: 32, requests: [create, list] } as const;
    await runLoad({ ...load, requests: [...load.requests], durationMs: 2000 });
    const { latenciesMs } = await runLoad({ ...load, requests: [...load.requests], durationMs: 15_000 });
    return [
      row(`create, 400/s beside 400 lists/s, ${syncMs} ms sync`, latenciesMs['create']!, 150),
      row(`list of 100, 400/s beside 400 creates/s, ${syncMs} ms sync`, latenciesMs['list']!, 20),
    ];
  },
};
