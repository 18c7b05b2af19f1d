import { expect, it } from 'vitest';
import { FrameFlood, type FloodVerdict } from './frame-flood.ts';

const countMany = (flood: FrameFlood, frames: number, nowMs: number): FloodVerdict[] =>
  Array.from({ length: frames }, () => flood.count(nowMs));

it('[W5] serves 200 frames a second for ever', () => {
  const flood = new FrameFlood();
  for (let second = 0; second < 20; second += 1) {
    expect(new Set(countMany(flood, 200, second * 1000))).toEqual(new Set(['serve']));
  }
});

it('[W5] refuses once a second and drops the rest', () => {
  const flood = new FrameFlood();
  expect(countMany(flood, 203, 0).slice(200)).toEqual(['refuse', 'drop', 'drop']);
  expect(flood.count(1000)).toBe('serve');
});

it('[W5] closes on the fifth second of a flood', () => {
  const flood = new FrameFlood();
  const last = [0, 1, 2, 3, 4].map((second) => countMany(flood, 201, second * 1000).at(-1));
  expect(last).toEqual(['refuse', 'refuse', 'refuse', 'refuse', 'close']);
});

it('[W5] forgives a flood after a quiet second', () => {
  const flood = new FrameFlood();
  const last = [201, 201, 1, 201, 201, 201].map((frames, second) => countMany(flood, frames, second * 1000).at(-1));
  expect(last).not.toContain('close');
});

it('[W5] closes on ten times as many at once', () => {
  expect(countMany(new FrameFlood(), 2001, 0).at(-1)).toBe('close');
});
