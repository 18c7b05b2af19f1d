import type { BenchCase, CaseResult } from '../case-result.ts';
import { median, pairedRatio, runLoad } from '../load.ts';
import type { LoadRequest } from '../load-worker.ts';
import { startByHand, startLeanVibe } from '../server-process.ts';

const body = JSON.stringify({ title: 'Measure request {n}', priority: 'high' });
const forever = 600_000;
const seconds = 4;

const creation = (workspace: string, spread = 1): LoadRequest => ({
  name: 'create',
  method: 'POST',
  path: `/tasks/${workspace}`,
  body,
  status: 201,
  spread,
});
const listing = (path: string, spread = 1): LoadRequest => ({ name: 'list', method: 'GET', path, status: 200, spread });

const prefill = (port: number, request: LoadRequest, count: number) =>
  runLoad({ port, mode: 'closed', connections: 64, durationMs: forever, count, requests: [request] });

const capacity = async (port: number, request: LoadRequest): Promise<number> => {
  const { answered, elapsedMs } = await runLoad({
    port,
    mode: 'closed',
    connections: 64,
    durationMs: seconds * 1000,
    requests: [request],
  });
  return (answered / elapsedMs) * 1000;
};

const perSecond = (value: number): string => `${Math.round(value).toLocaleString('en')}/s`;

const ratioRow = (name: string, atLeast: number, ratio: number, one: number, other: number): CaseResult => ({
  name,
  measured: ratio,
  unit: '× by hand',
  bound: { kind: 'at least', value: atLeast },
  detail: `${perSecond(one)} against ${perSecond(other)}`,
});

/** Durable creates over HTTP against the same work by hand. */
export const creates: BenchCase = {
  name: 'creates',
  async run() {
    await using ours = await startLeanVibe();
    await using hand = await startByHand('board-server');
    for (const { port } of [ours, hand]) await prefill(port, creation('bench'), 10_000);
    const { ratio, one, other } = await pairedRatio(
      3,
      () => capacity(ours.port, creation('bench')),
      () => capacity(hand.port, creation('bench')),
    );
    return [ratioRow('durable creates, 64 connections, 10,000 tasks', 0.6, ratio, one, other)];
  },
};

/** More workspaces than the byte cache holds lists of: each list is a cold one. */
const coldWorkspaces = 1500;

/** Lists of 100 tasks, read cold and unchanged, against the same by hand. */
export const lists: BenchCase = {
  name: 'lists',
  async run() {
    await using ours = await startLeanVibe();
    await using hand = await startByHand('board-server');
    for (const { port } of [ours, hand]) await prefill(port, creation('w{w}', coldWorkspaces), coldWorkspaces * 100);
    const cold = listing('/tasks/w{w}', coldWorkspaces);
    const coldRates = await pairedRatio(
      3,
      () => capacity(ours.port, cold),
      () => capacity(hand.port, cold),
    );
    const unchangedRates = await pairedRatio(
      3,
      () => capacity(ours.port, listing('/tasks/w1')),
      () => capacity(hand.port, listing('/tasks/w1?cached')),
    );
    return [
      ratioRow('list of 100 tasks, cold', 0.7, coldRates.ratio, coldRates.one, coldRates.other),
      ratioRow('list of 100 tasks, unchanged', 0.7, unchangedRates.ratio, unchangedRates.one, unchangedRates.other),
    ];
  },
};

/** What a create costs on a board of 100,000 tasks, compared with boards of about 100. */
export const boardSize: BenchCase = {
  name: 'board-size',
  async run() {
    await using ours = await startLeanVibe();
    await prefill(ours.port, creation('large'), 100_000);
    await prefill(ours.port, creation('s{w}', 200), 20_000);
    const ratios: number[] = [];
    const rates: [number, number][] = [];
    for (let round = 0; round < 3; round += 1) {
      const large = await capacity(ours.port, creation('large'));
      const small = await capacity(ours.port, creation('s{w}', 200));
      ratios.push(small / large);
      rates.push([large, small]);
    }
    const [large, small] = [median(rates.map(([a]) => a)), median(rates.map(([, b]) => b))];
    return [
      {
        name: 'create, cost at 100,000 tasks / cost at 100',
        measured: median(ratios),
        unit: '×',
        bound: { kind: 'at most', value: 1.3 },
        detail: `${perSecond(large)} against ${perSecond(small)}`,
      },
    ];
  },
};
