import { describe, expect, it } from 'vitest';
import { readNumber } from './number-range.ts';

describe('readNumber', () => {
  const whole = { from: 1, to: 10, isWhole: true };
  it.each([
    ['', whole, null],
    [' ', whole, null],
    ['', { ...whole, isNeeded: true }, undefined],
    ['10', whole, 10],
    ['11', whole, undefined],
    ['0', whole, undefined],
    ['1.5', whole, undefined],
    ['x', whole, undefined],
    ['0,5', { from: 0, to: 1, isWhole: false }, 0.5],
  ])('[Settings] reads %j within %j as %s', (text, range, value) => {
    expect(readNumber(text, range)).toBe(value);
  });
});
