import { expect, it } from 'vitest';
import { newVitals, sweepConnection, type Outflow } from './connection-sweep.ts';

const idle: Outflow = { queuedBytes: 0, flushedBytes: 0 };
const every30s = 30_000;
const second = 1000;

it('[W6] pings every 30 seconds', () => {
  const vitals = newVitals(0);
  const pings = [];
  for (let now = 0; now <= 125 * second; now += second) {
    vitals.heardAtMs = now;
    if (sweepConnection(vitals, idle, every30s, now) === 'ping') pings.push(now / second);
  }
  expect(pings).toEqual([30, 60, 90, 120]);
});

it('[W6] ends a socket that does not answer a ping within 60 seconds', () => {
  const vitals = newVitals(0);
  expect(sweepConnection(vitals, idle, every30s, 30 * second)).toBe('ping');
  expect(sweepConnection(vitals, idle, every30s, 89 * second)).toBe('ping');
  expect(sweepConnection(vitals, idle, every30s, 90 * second)).toBe('heartbeat-timeout');
});

it('[W6] keeps a socket that is heard of', () => {
  const vitals = newVitals(0);
  sweepConnection(vitals, idle, every30s, 30 * second);
  vitals.heardAtMs = 31 * second;
  expect(sweepConnection(vitals, idle, every30s, 91 * second)).toBe('ping');
});

it('[W7] ends a reader that takes nothing for 60 seconds', () => {
  const vitals = newVitals(0);
  sweepConnection(vitals, { queuedBytes: 100, flushedBytes: 50 }, every30s, second);
  for (const now of [2, 30, 60]) {
    expect(sweepConnection(vitals, { queuedBytes: 200, flushedBytes: 50 }, every30s, now * second)).not.toBe(
      'slow-consumer',
    );
  }
  expect(sweepConnection(vitals, { queuedBytes: 200, flushedBytes: 50 }, every30s, 61 * second)).toBe('slow-consumer');
});

it('[W7] keeps a reader that takes a little now and then, though the answer to its ping is late', () => {
  const vitals = newVitals(0);
  for (let now = 1; now < 1000; now += 1) {
    const outflow = { queuedBytes: 60_000, flushedBytes: Math.floor(now / 50) * 1000 };
    expect(['keep', 'ping']).toContain(sweepConnection(vitals, outflow, every30s, now * second));
  }
});
