import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../../src/database/store-fixture.ts';
import type { DiskOperation } from './disk-record.ts';
import { ModelDisk } from './model-disk.ts';
import { seededRandom } from './seeded-random.ts';

const sector = (letter: string): Buffer => Buffer.alloc(512, letter);
const written = (offset: number, bytes: Buffer): DiskOperation => ({ kind: 'written', file: 1, offset, bytes });

/** Every state that many power cuts left of a file: its content, or null where there was none. */
function statesOf(path: string, operations: readonly DiskOperation[], before: Readonly<Record<string, string>> = {}) {
  using folder = temporaryFolder();
  const start = join(folder.path, 'start');
  mkdirSync(start);
  for (const [name, text] of Object.entries(before)) writeFileSync(join(start, name), text);
  const disk = new ModelDisk(start);
  for (const operation of operations) disk.apply(operation);
  const states = new Set<string | null>();
  const random = seededRandom(1);
  for (let cut = 0; cut < 200; cut += 1) {
    const image = join(folder.path, 'image');
    disk.writeCut(image, random);
    states.add(existsSync(join(image, path)) ? readFileSync(join(image, path), 'latin1') : null);
  }
  return states;
}

it('[C4] a cut leaves of an unsynced write any of its sectors, and never a part of one', () => {
  const states = statesOf(
    'a',
    [{ kind: 'found', file: 1, path: 'a' }, written(0, Buffer.concat([sector('x'), sector('y')]))],
    { a: '-'.repeat(1024) },
  );
  const old = '-'.repeat(512);
  const halves = [old, 'x'.repeat(512)].flatMap((first) => [old, 'y'.repeat(512)].map((second) => first + second));
  expect(states).toEqual(new Set(halves));
});

it('[C4] a cut leaves everything that was written before a sync began, and perhaps what came after', () => {
  const states = statesOf(
    'a',
    [
      { kind: 'found', file: 1, path: 'a' },
      written(0, sector('x')),
      written(512, sector('y')),
      { kind: 'synced', file: 1, reach: 2 },
    ],
    { a: '' },
  );
  expect(states).toEqual(new Set(['x'.repeat(512), 'x'.repeat(512) + 'y'.repeat(512)]));
});

it('[C4] a new file is there for sure only when its folder was synced', () => {
  const creation: DiskOperation[] = [
    { kind: 'created', file: 1, path: 'a' },
    written(0, sector('x')),
    { kind: 'synced', file: 1, reach: 2 },
  ];
  expect(statesOf('a', creation)).toEqual(new Set([null, 'x'.repeat(512)]));
  expect(statesOf('a', [...creation, { kind: 'folder-synced', path: '', reach: 3 }])).toEqual(
    new Set(['x'.repeat(512)]),
  );
});

it('[C4] a rename leaves the old file or the new one, and reaches the disk after what was done before it', () => {
  const replacement: DiskOperation[] = [
    { kind: 'created', file: 1, path: 'a.new' },
    written(0, sector('x')),
    { kind: 'synced', file: 1, reach: 2 },
    { kind: 'renamed', from: 'a.new', to: 'a' },
  ];
  expect(statesOf('a', replacement, { a: 'old' })).toEqual(new Set(['old', 'x'.repeat(512)]));
  // Without the sync, the new name may come before the new content.
  const careless = replacement.filter(({ kind }) => kind !== 'synced');
  expect(statesOf('a', careless, { a: 'old' })).toContain('');
});

it('[C4] a file that was shortened and not synced may have its old end', () => {
  const states = statesOf(
    'a',
    [
      { kind: 'found', file: 1, path: 'a' },
      { kind: 'truncated', file: 1, length: 1 },
    ],
    { a: 'old' },
  );
  expect(states).toEqual(new Set(['old', 'o']));
});

it('[C4] refuses to judge what it does not know', () => {
  using folder = temporaryFolder();
  const disk = new ModelDisk(folder.path);
  expect(() => disk.apply({ kind: 'unmodelled', what: 'link a' })).toThrow('link a');
});

it('[C4] keeps folders, also empty ones', () => {
  using folder = temporaryFolder();
  const start = join(folder.path, 'start');
  mkdirSync(join(start, 'empty'), { recursive: true });
  const disk = new ModelDisk(start);
  disk.apply({ kind: 'folder-made', path: 'made' });
  disk.writeSettled(join(folder.path, 'image'));
  expect(readdirSync(join(folder.path, 'image')).toSorted()).toEqual(['empty', 'made']);
});
