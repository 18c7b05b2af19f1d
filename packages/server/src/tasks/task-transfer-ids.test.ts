import { describe, expect, it } from 'vitest';
import { readRecord, type TransferRecord } from './task-transfer-file.ts';
import { identifyRecords } from './task-transfer-ids.ts';

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
