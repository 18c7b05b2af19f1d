import type { Board } from '@leanvibe/protocol/board';
import { describe, expect, it } from 'vitest';
import { readImportText, titlesOnBoard } from './import-file.ts';

const id = '019f0000-0000-7000-8000-00000000000a';
const board = {
  columns: [{ tasks: [{ id, title: 'Here' }] }, { tasks: [{ id: 'other', title: 'Not in it' }] }],
} as unknown as Board;

describe('readImportText', () => {
  it('[Settings] takes objects and lists, and says what is wrong with others', () => {
    expect(readImportText('[{"title":"A"}]')).toEqual({ file: [{ title: 'A' }] });
    expect(readImportText('{}')).toEqual({ file: {} });
    expect(readImportText('3')).toEqual({ problem: 'The file holds no tasks.' });
    expect(readImportText('null')).toEqual({ problem: 'The file holds no tasks.' });
    expect(readImportText('{')).toEqual({ problem: expect.stringContaining('not JSON') });
  });
});

describe('titlesOnBoard', () => {
  it.each([
    ['an export', { format: 'leanvibe-tasks', tasks: [{ id: id.toUpperCase() }] }],
    ['a list', [{ id }, { id: 3 }, null]],
    ['an object of id to task', { [id]: { title: 'A' } }],
  ])('[Settings] finds the tasks that %s shares with the board', (_kind, file) => {
    expect(titlesOnBoard(file, board)).toEqual(['Here']);
  });

  it('[Settings] finds none where there are none', () => {
    expect(titlesOnBoard([{ title: 'New' }], board)).toEqual([]);
    expect(titlesOnBoard({ format: 'leanvibe-tasks', tasks: 3 }, board)).toEqual([]);
    expect(titlesOnBoard([{ id }], undefined)).toEqual([]);
  });
});
