import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readRecord, type TransferRecord } from './task-transfer-file.ts';
import { cycleIssues, identifyRecords, type IdentifiedRecord } from './task-transfer-ids.ts';

const uuid = (number: number): string => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
const record = (key: string, dependsOn: string[] = [], rest: object = {}): TransferRecord => {
  const reading = readRecord({ name: key, key, raw: { title: key, depends_on: dependsOn, ...rest } }, false);
  if (Array.isArray(reading)) throw new Error(JSON.stringify(reading));
  return reading;
};
const counter = (): (() => string) => {
  let count = 900;
  return () => uuid((count += 1));
};
const node = (id: string, dependsOn: string[]): IdentifiedRecord => ({ record: record(id), id, dependsOn });

describe('identifyRecords', () => {
  it('[T13] keeps ids that are UUIDs and makes new ones for others, in dependencies too', () => {
    const { records, issues } = identifyRecords(
      [record(uuid(1), ['task-7']), record('task-7', [uuid(1).toUpperCase()])],
      counter(),
    );
    expect(issues).toEqual([]);
    expect(records.map(({ id, dependsOn }) => [id, dependsOn])).toEqual([
      [uuid(1), [uuid(901)]],
      [uuid(901), [uuid(1)]],
    ]);
    expect(records[1]!.record.task.metadata).toEqual({ imported: { id: 'task-7' } });
  });

  it('[T13] names ids that stand twice, in any letter case', () => {
    const id = 'ABCDEF00-0000-4000-8000-000000000000';
    const { issues } = identifyRecords([record(id), record(id.toLowerCase())], counter());
    expect(issues).toEqual([{ path: `tasks.${id.toLowerCase()}.id`, message: 'stands more than once in the file' }]);
  });

  it('[T13] names a dependency that can be nowhere, and leaves a UUID to be looked up', () => {
    const { issues, outside, records } = identifyRecords([record('a', ['ghost', uuid(5)])], counter());
    expect(issues).toEqual([
      { path: 'tasks.a.depends_on', message: 'names no task of the file or the workspace: ghost' },
    ]);
    expect([...outside]).toEqual([[records[0], [uuid(5)]]]);
  });

  it('[T13] links a dependency to the task of its own workspace where a mirror has two of one id', () => {
    const tasks = [
      record(uuid(1), [], { client_id: 'a' }),
      record(`b/${uuid(1)}`, [], { client_id: 'b' }),
      record(uuid(2), [uuid(1)], { client_id: 'a' }),
      record(uuid(3), [uuid(1)], { client_id: 'b' }),
    ];
    const { records } = identifyRecords(tasks, counter());
    expect(records[2]!.dependsOn).toEqual([uuid(1)]);
    expect(records[3]!.dependsOn).toEqual([records[1]!.id]);
  });
});

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
