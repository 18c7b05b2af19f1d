import { describe, expect, it } from 'vitest';
import { nearestName } from './nearest-name.ts';

const names = ['LEANVIBE_PORT', 'LEANVIBE_HOST', 'LEANVIBE_DATA_DIR'];

describe('nearestName', () => {
  it.each([
    ['LEANVIBE_PROT', 'LEANVIBE_PORT'],
    ['LEANVIBE_PORTS', 'LEANVIBE_PORT'],
    ['leanvibe_port', 'LEANVIBE_PORT'],
    ['LEANVIBE_HOTS', 'LEANVIBE_HOST'],
    ['LEANVIBE_DATADIR', 'LEANVIBE_DATA_DIR'],
    ['LEANVIBE_HOST', 'LEANVIBE_HOST'],
    ['SOMETHING_ELSE', undefined],
    ['', undefined],
  ])('[S4] for %s is %s', (given, meant) => {
    expect(nearestName(given, names)).toBe(meant);
  });

  it('[S4] is none of no names', () => {
    expect(nearestName('LEANVIBE_PORT', [])).toBeUndefined();
  });
});
