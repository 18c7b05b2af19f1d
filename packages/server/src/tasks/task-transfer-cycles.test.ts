import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cycleIssues } from './task-transfer-cycles.ts';
import { readRecord } from './task-transfer-file.ts';
import type { IdentifiedRecord } from './task-transfer-ids.ts';

function node(id: string, dependsOn: string[]): IdentifiedRecord {
  const record = readRecord({ name: id, key: id, raw: { title: id } }, false);
  if (Array.isArray(record)) throw new Error(JSON.stringify(record));
  return { record, id, dependsOn };
}

describe('cycleIssues', () => {
  it('[T13] names the tasks of a circle, and not those that only lead to it', () => {
    const records = [
      node('a', ['b']),
      node('b', ['c']),
      node('c', ['b', 'd']),
      node('d', []),
      node('e', ['e']),
      node('f', ['x']),
    ];
    expect(cycleIssues(records).map(({ path }) => path)).toEqual([
      'tasks.b.depends_on',
      'tasks.c.depends_on',
      'tasks.e.depends_on',
    ]);
  });

  it('[T13] finds nothing where every task waits for earlier ones only, however long the chain', () => {
    const chain = Array.from({ length: 50_000 }, (_, index) =>
      node(String(index), index === 0 ? [] : [String(index - 1)]),
    );
    expect(cycleIssues(chain)).toEqual([]);
  });

  it('[T13] finds a circle exactly when following dependencies can return', () => {
    const edges = fc.array(fc.tuple(fc.nat(7), fc.nat(7)), { maxLength: 20 });
    fc.assert(
      fc.property(edges, (pairs) => {
        const targets = (from: number): number[] =>
          pairs.filter(([source]) => source === from).map(([, target]) => target);
        const reaches = (from: number): Set<number> => {
          const seen = new Set<number>();
          const queue = targets(from);
          for (const next of queue) {
            if (seen.has(next)) continue;
            seen.add(next);
            queue.push(...targets(next));
          }
          return seen;
        };
        const nodes = Array.from({ length: 8 }, (_, from) =>
          node(String(from), [...new Set(targets(from).map(String))]),
        );
        const inCircle = nodes
          .filter(({ id }) => reaches(Number(id)).has(Number(id)))
          .map(({ id }) => `tasks.${id}.depends_on`);
        const named = cycleIssues(nodes).map(({ path }) => path);
        expect(named).toEqual(expect.arrayContaining(inCircle));
        expect(named.length > 0).toBe(inCircle.length > 0);
      }),
    );
  });
});
