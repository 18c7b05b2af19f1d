import type { BenchCase, CaseResult } from '../case-result.ts';
import { median, quantile, runLoad } from '../load.ts';
import { RawConnection, rawRequest } from '../raw-connection.ts';
import { RawSocket } from '../raw-socket.ts';
import { SocketCrowd } from '../socket-crowd.ts';
import { startByHand, startLeanVibe } from '../server-process.ts';

const post = (connection: RawConnection, port: number, path: string, body: string): Promise<void> =>
  new Promise((resolve, reject) => {
    connection.send(rawRequest('POST', path, port, body), ({ status }) =>
      status === 201 ? resolve() : reject(new Error(`${path}: ${status}`)),
    );
  });

/** From the moment a create should have been sent to its event at the last of 100 sockets, at 100 creates per second. */
export const eventLatency: BenchCase = {
  name: 'event-latency',
  async run() {
    await using ours = await startLeanVibe();
    await using crowd = new SocketCrowd({
      port: ours.port,
      path: '/ws/bench',
      sockets: 100,
      marker: '"title":"bench-',
    });
    await crowd.opened;
    const connection = new RawConnection(ours.port);
    const intendedAt: number[] = [];
    const startedAt = performance.timeOrigin + performance.now() + 100;
    const total = 1500;
    for (let n = 0; n < total; n += 1) {
      intendedAt[n] = startedAt + n * 10;
      const waitMs = intendedAt[n]! - (performance.timeOrigin + performance.now());
      if (waitMs > 0) await new Promise((resolve) => setTimeout(resolve, waitMs));
      void post(connection, ours.port, '/tasks/bench', JSON.stringify({ title: `bench-${n}` }));
    }
    await crowd.received(total * 100);
    await new Promise((resolve) => setTimeout(resolve, 200));
    connection.close();
    const latenciesMs = intendedAt.slice(100).map((at, index) => crowd.completedAt(index + 100)! - at);
    latenciesMs.sort((one, other) => one - other);
    return [
      {
        name: 'create request to event at the last of 100 sockets, 100/s',
        measured: quantile(latenciesMs, 0.99),
        unit: 'ms p99',
        bound: { kind: 'at most', value: 25 },
        detail: `p50 ${quantile(latenciesMs, 0.5).toFixed(1)} ms, max ${latenciesMs.at(-1)!.toFixed(1)} ms`,
      },
    ];
  },
};

type FanOut = { path: string; publish: string; marker: string; greeting?: string };

/** Deliveries per second when one event after the other goes to all of 1,000 sockets. */
async function deliveriesPerSecond(port: number, { path, publish, marker, greeting }: FanOut): Promise<number> {
  const sockets = 1000;
  const events = 150;
  await using crowd = new SocketCrowd({ port, path, sockets, marker, ...(greeting ? { greeting } : {}) });
  await crowd.opened;
  await new Promise((resolve) => setTimeout(resolve, 500));
  const connection = new RawConnection(port);
  const body = JSON.stringify({ title: 'fan-out', description: 'x'.repeat(300) });
  const warmUp = 20;
  let startedAt = 0;
  for (let n = 0; n < warmUp + events; n += 1) {
    if (n === warmUp) startedAt = performance.now();
    await post(connection, port, publish, body);
    await crowd.received((n + 1) * sockets);
  }
  const elapsedMs = performance.now() - startedAt;
  connection.close();
  return ((events * sockets) / elapsedMs) * 1000;
}

/** One event to 1,000 sockets, against a bare `ws` loop that writes one prebuilt frame, with Socket.IO beside. */
export const fanOut: BenchCase = {
  name: 'fan-out',
  async run() {
    await using ours = await startLeanVibe();
    await using bare = await startByHand('ws-loop');
    await using socketIo = await startByHand('socket-io-loop');
    const rates: { ours: number; bare: number; socketIo: number }[] = [];
    for (let round = 0; round < 3; round += 1) {
      rates.push({
        ours: await deliveriesPerSecond(ours.port, {
          path: `/ws/fan${round}`,
          publish: `/tasks/fan${round}`,
          marker: '"title":"fan-out"',
        }),
        bare: await deliveriesPerSecond(bare.port, { path: '/', publish: '/publish', marker: 'task_created' }),
        socketIo: await deliveriesPerSecond(socketIo.port, {
          path: '/socket.io/?EIO=4&transport=websocket',
          publish: '/publish',
          marker: 'task_created',
          greeting: '40',
        }),
      });
    }
    const [one, two, three] = (['ours', 'bare', 'socketIo'] as const).map((name) =>
      Math.round(median(rates.map((rate) => rate[name]))),
    );
    return [
      {
        name: 'fan-out of one event to 1,000 sockets',
        measured: median(rates.map((rate) => rate.ours / rate.bare)),
        unit: '× bare ws loop',
        bound: { kind: 'at least', value: 0.7 },
        detail: `deliveries: ${one!.toLocaleString('en')}/s, bare ws ${two!.toLocaleString('en')}/s, Socket.IO ${three!.toLocaleString('en')}/s`,
      },
    ];
  },
};

const missed = 10_000;

async function resumeOnce(port: number, cursor: string): Promise<number> {
  const startedAt = performance.now();
  let events = 0;
  await new Promise<void>((resolve) => {
    const socket = new RawSocket(port, `/ws/resume?cursor=${encodeURIComponent(cursor)}`, (payload) => {
      if (payload.includes('"type":"task_created"')) events += 1;
      else if (payload.includes('"type":"synced"')) {
        socket.close();
        resolve();
      }
    });
  });
  if (events !== missed) throw new Error(`${events} events instead of ${missed}`);
  return (missed / (performance.now() - startedAt)) * 1000;
}

/** Events per second when one socket comes back after 10,000 events. */
export const resume: BenchCase = {
  name: 'resume',
  async run(): Promise<CaseResult[]> {
    await using ours = await startLeanVibe();
    const board = (await (await fetch(`http://127.0.0.1:${ours.port}/tasks/resume/board`)).json()) as {
      cursor: string;
    };
    const request = {
      name: 'create',
      method: 'POST',
      path: '/tasks/resume',
      body: '{"title":"Measure {n}"}',
      status: 201,
    };
    await runLoad({
      port: ours.port,
      mode: 'closed',
      connections: 64,
      durationMs: 600_000,
      count: missed,
      requests: [request],
    });
    const rates: number[] = [];
    for (let round = 0; round < 7; round += 1) rates.push(await resumeOnce(ours.port, board.cursor));
    return [
      {
        name: 'resume of 10,000 missed events on one socket',
        measured: median(rates),
        unit: 'events/s',
        bound: { kind: 'at least', value: 100_000 },
        detail: `handshake to synced, median of ${rates.length}; first (cold) ${Math.round(rates[0]!).toLocaleString('en')}/s`,
      },
    ];
  },
};

/** Resident memory that an idle socket costs. */
export const idleSockets: BenchCase = {
  name: 'idle-sockets',
  async run() {
    const sockets = 5000;
    await using ours = await startLeanVibe();
    const settle = () => new Promise((resolve) => setTimeout(resolve, 3000));
    // What the first sockets cause to be loaded and compiled is not what a socket costs.
    await using first = new SocketCrowd({ port: ours.port, path: '/ws/warm', sockets: 200, marker: 'none' });
    await first.opened;
    await settle();
    const before = ours.residentBytes();
    await using crowd = new SocketCrowd({ port: ours.port, path: '/ws/idle', sockets, marker: 'none' });
    await crowd.opened;
    await settle();
    const perSocketKiB = (ours.residentBytes() - before) / sockets / 1024;
    return [
      {
        name: '5,000 idle sockets',
        measured: perSocketKiB,
        unit: 'KiB each',
        bound: { kind: 'at most', value: 20 },
        detail: `resident memory ${Math.round(before / 1_048_576)} MiB before, ${Math.round(ours.residentBytes() / 1_048_576)} MiB with them`,
      },
    ];
  },
};
