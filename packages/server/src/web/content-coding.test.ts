import { describe, expect, it } from 'vitest';
import { chooseCoding, type ContentCoding } from './content-coding.ts';

const all = new Set<ContentCoding>(['identity', 'br', 'gzip']);

describe('chooseCoding', () => {
  it.each([
    [undefined, 'identity'],
    ['', 'identity'],
    ['gzip, deflate, br, zstd', 'br'],
    ['gzip', 'gzip'],
    ['GZIP;q=0.5, BR;q=0', 'gzip'],
    ['br;q=0, *', 'gzip'],
    ['*', 'br'],
    ['*;q=0', 'identity'],
    ['br;q=x', 'identity'],
    ['deflate, identity', 'identity'],
    [';;,,=', 'identity'],
  ] as const)('[Serving] to Accept-Encoding %j', (header, coding) => {
    expect(chooseCoding(header, all)).toBe(coding);
  });

  it('[Serving] sends what exists', () => {
    expect(chooseCoding('br, gzip', new Set(['identity', 'gzip']))).toBe('gzip');
    expect(chooseCoding('br', new Set(['identity']))).toBe('identity');
  });
});
