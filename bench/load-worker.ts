import { parentPort, workerData } from 'node:worker_threads';
import { RawConnection, rawRequest } from './raw-connection.ts';

/** One kind of request in a load. In path and body `{n}` becomes the number of the request, `{w}` that number modulo `spread`. */
export type LoadRequest = {
  name: string;
  method: string;
  path: string;
  body?: string;
  headers?: Record<string, string>;
  spread?: number;
  /** Open loop: requests per second. */
  ratePerSecond?: number;
  /** What every answer must have. */
  status: number;
};

/**
 * A load; it ends after `durationMs` or (closed loop) `count` requests. `closed`: each connection sends its next request when it has the answer, for capacity. `open`: requests are sent at
 * their intended times whatever the server does, and latency counts from the intended time.
 */
export type Load = {
  port: number;
  mode: 'closed' | 'open';
  connections: number;
  durationMs: number;
  count?: number;
  requests: LoadRequest[];
};

/** Answers per second, and (open loop) latencies in milliseconds, ascending, by the name of the request. */
export type LoadResult = { answered: number; elapsedMs: number; latenciesMs: Record<string, number[]> };

let sent = 0;
const bytesOf = (port: number, request: LoadRequest): Buffer => {
  sent += 1;
  const fill = (text: string): string =>
    text.replaceAll('{n}', String(sent)).replaceAll('{w}', String(sent % (request.spread ?? 1)));
  return rawRequest(request.method, fill(request.path), port, request.body && fill(request.body), request.headers);
};

const assertStatus = (request: LoadRequest, status: number): void => {
  if (status !== request.status) throw new Error(`${request.name}: ${status} instead of ${request.status}`);
};

async function closedLoop({ port, connections, durationMs, count = Infinity, requests }: Load): Promise<LoadResult> {
  const request = requests[0]!;
  const startedAt = performance.now();
  let answered = 0;
  let started = 0;
  const run = (): Promise<void> =>
    new Promise((resolve) => {
      const connection = new RawConnection(port);
      const next = (): void => {
        if (started >= count || performance.now() - startedAt >= durationMs) {
          connection.close();
          return resolve();
        }
        started += 1;
        connection.send(bytesOf(port, request), ({ status }) => {
          assertStatus(request, status);
          answered += 1;
          next();
        });
      };
      next();
    });
  await Promise.all(Array.from({ length: connections }, run));
  return { answered, elapsedMs: performance.now() - startedAt, latenciesMs: {} };
}

async function openLoop({ port, connections, durationMs, requests }: Load): Promise<LoadResult> {
  const startedAt = performance.now();
  const latenciesMs: Record<string, number[]> = {};
  let answered = 0;
  const run = async (request: LoadRequest): Promise<void> => {
    const pool = Array.from({ length: connections }, () => new RawConnection(port));
    const latencies: number[] = (latenciesMs[request.name] = []);
    const intervalMs = 1000 / request.ratePerSecond!;
    const total = Math.floor(durationMs / intervalMs);
    const pending: Promise<void>[] = [];
    for (let n = 0; n < total; n += 1) {
      const intendedAt = startedAt + n * intervalMs;
      const waitMs = intendedAt - performance.now();
      if (waitMs > 0) await new Promise((resolve) => setTimeout(resolve, waitMs));
      pending.push(
        new Promise((resolve) => {
          pool[n % pool.length]!.send(bytesOf(port, request), ({ status }) => {
            assertStatus(request, status);
            latencies.push(performance.now() - intendedAt);
            answered += 1;
            resolve();
          });
        }),
      );
    }
    await Promise.all(pending);
    for (const connection of pool) connection.close();
    latencies.sort((one, other) => one - other);
  };
  await Promise.all(requests.map(run));
  return { answered, elapsedMs: performance.now() - startedAt, latenciesMs };
}

const load = workerData as Load;
parentPort!.postMessage(await (load.mode === 'closed' ? closedLoop(load) : openLoop(load)));
