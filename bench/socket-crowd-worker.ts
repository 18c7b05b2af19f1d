import { parentPort, workerData } from 'node:worker_threads';
import { RawSocket } from './raw-socket.ts';

/**
 * Many sockets on one thread. Frames that hold `marker` are counted; digits right after it number the event, and when every
 * socket has an event, that is reported. `greeting` is sent by each socket when it is open.
 */
export type Crowd = { port: number; path: string; sockets: number; marker: string; greeting?: string };
/** `opened`: all are open. `frames`: so many marked frames have arrived in all. `complete`: every socket has this event. Times in milliseconds since 1970. */
export type CrowdReport =
  | { kind: 'opened' }
  | { kind: 'frames'; total: number; lastAt: number }
  | { kind: 'complete'; event: number; at: number };

const { port, path, sockets, marker, greeting } = workerData as Crowd;
const mark = Buffer.from(marker);
let total = 0;
let dirty = false;
const receivedBy = new Map<number, number>();
const now = (): number => performance.timeOrigin + performance.now();

function countEvent(payload: Buffer, markAt: number): void {
  const event = Number.parseInt(payload.toString('latin1', markAt + mark.length, markAt + mark.length + 10), 10);
  if (Number.isNaN(event)) return;
  const received = (receivedBy.get(event) ?? 0) + 1;
  receivedBy.set(event, received);
  if (received === sockets) parentPort!.postMessage({ kind: 'complete', event, at: now() } satisfies CrowdReport);
}

const report = (): void => {
  dirty = false;
  const message: CrowdReport = { kind: 'frames', total, lastAt: now() };
  parentPort!.postMessage(message);
};
const onFrame = (payload: Buffer): void => {
  const markAt = payload.indexOf(mark);
  if (markAt === -1) return;
  total += 1;
  countEvent(payload, markAt);
  if (dirty) return;
  dirty = true;
  setImmediate(report);
};

const crowd: RawSocket[] = [];
for (let n = 0; n < sockets; n += 1) {
  const socket = new RawSocket(port, path, onFrame);
  await socket.opened;
  if (greeting) socket.sendText(greeting);
  crowd.push(socket);
}
parentPort!.postMessage({ kind: 'opened' } satisfies CrowdReport);
parentPort!.once('message', () => {
  for (const socket of crowd) socket.close();
  parentPort!.close();
});
