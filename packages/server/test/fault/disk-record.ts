import { readFileSync } from 'node:fs';

/** An operation as powerloss.c recorded it. `reach`: how many operations had been done when the sync began. */
export type DiskOperation =
  | { kind: 'found' | 'created'; file: number; path: string }
  | { kind: 'written'; file: number; offset: number; bytes: Buffer }
  | { kind: 'truncated'; file: number; length: number }
  | { kind: 'synced'; file: number; reach: number }
  | { kind: 'folder-synced'; path: string; reach: number }
  | { kind: 'unlinked' | 'folder-made'; path: string }
  | { kind: 'renamed'; from: string; to: string }
  | { kind: 'unmodelled'; what: string };

const headerBytes = 24;

/** Reads a record. What stands at its end and is not whole was being written when the process was killed, and told nobody anything. */
export function readDiskRecord(file: string): DiskOperation[] {
  const record = readFileSync(file);
  const operations: DiskOperation[] = [];
  for (let at = 0; at + headerBytes <= record.length;) {
    const end = at + headerBytes + Number(record.readBigUInt64LE(at + 16));
    if (end > record.length) break;
    operations.push(operationOf(record.subarray(at, at + headerBytes), record.subarray(at + headerBytes, end)));
    at = end;
  }
  return operations;
}

function operationOf(header: Buffer, bytes: Buffer): DiskOperation {
  const file = header.readUInt32LE(4);
  const offset = Number(header.readBigUInt64LE(8));
  const text = (): string => bytes.toString('utf8');
  switch (header.readUInt32LE(0)) {
    case 1:
      return { kind: 'found', file, path: text() };
    case 2:
      return { kind: 'created', file, path: text() };
    case 3:
      return { kind: 'written', file, offset, bytes };
    case 4:
      return { kind: 'truncated', file, length: offset };
    case 5:
      return { kind: 'synced', file, reach: offset };
    case 6:
      return { kind: 'unlinked', path: text() };
    case 7: {
      const [from = '', to = ''] = text().split('\0');
      return { kind: 'renamed', from, to };
    }
    case 8:
      return { kind: 'folder-synced', path: text(), reach: offset };
    case 9:
      return { kind: 'folder-made', path: text() };
    case 10:
      return { kind: 'unmodelled', what: text() };
    default:
      throw new Error(`The record holds an unknown operation ${header.readUInt32LE(0)}.`);
  }
}
