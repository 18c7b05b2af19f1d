import { expect, it } from 'vitest';
import { isUniqueViolation, storageFailure, storageRefusal } from './storage-failure.ts';

const sqliteError = (errcode: number) => Object.assign(new Error('said SQLite'), { errcode });

it('[C4] tells a full disk, a broken one and a passing trouble apart', () => {
  expect(storageFailure(sqliteError(13))).toEqual({ kind: 'full', message: 'said SQLite' });
  for (const code of [10, 1034, 266, 11, 267, 26]) {
    expect(storageFailure(sqliteError(code))).toEqual({ kind: 'failed', message: `said SQLite (SQLite ${code})` });
  }
  for (const code of [5, 8, 14, 261]) expect(storageFailure(sqliteError(code)).kind).toBe('unavailable');
  expect(storageFailure(new Error('other'))).toEqual({ kind: 'unavailable', message: 'other' });
  expect(storageFailure('text')).toEqual({ kind: 'unavailable', message: 'text' });
});

it('[C4] knows a refused duplicate from other errors', () => {
  expect(isUniqueViolation(sqliteError(2067))).toBe(true);
  expect(isUniqueViolation(sqliteError(1555))).toBe(true);
  expect(isUniqueViolation(sqliteError(13))).toBe(false);
  expect(isUniqueViolation(new Error('other'))).toBe(false);
});

it('[C3] sends no text of the database to the client', () => {
  for (const kind of ['full', 'failed', 'unavailable'] as const) {
    const refusal = storageRefusal({ kind, message: 'secret path' });
    expect(refusal.code).toBe(kind === 'full' ? 'storage-full' : 'storage-unavailable');
    expect(refusal.message).not.toContain('secret');
    expect((refusal.cause as Error).message).toBe('secret path');
  }
});
