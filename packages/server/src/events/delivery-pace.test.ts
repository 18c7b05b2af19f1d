import { expect, it } from 'vitest';
import { DeliveryPace } from './delivery-pace.ts';

it('[W9] allows so many messages in a second', () => {
  const pace = new DeliveryPace(3);
  expect(pace.allowance(5000)).toBe(3);
  pace.spend(2);
  expect(pace.allowance(5999)).toBe(1);
  pace.spend(1);
  expect(pace.allowance(5999)).toBe(0);
  expect(pace.allowance(6000)).toBe(3);
});

it('[W9] holds until the second is over, then batches until everything is sent', () => {
  const pace = new DeliveryPace(1);
  pace.allowance(5000);
  pace.spend(1);
  expect(pace.held).toBe(false);
  expect(pace.hold(5250)).toBe(750);
  expect(pace.held).toBe(true);
  pace.release();
  expect(pace.held).toBe(false);
});

it('[W9] goes on when the clock is set back', () => {
  const pace = new DeliveryPace(1);
  pace.allowance(5000);
  pace.spend(1);
  expect(pace.allowance(100)).toBe(1);
});
