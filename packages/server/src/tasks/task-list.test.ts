import { expect, it } from 'vitest';
import { searchWords, taskSort } from './task-list.ts';

it.each([
  ['two words', ['two', 'words']],
  ['  a,b;c ', ['a', 'b', 'c']],
  ['same same', ['same']],
  ['cafe\u0301 Übung', ['cafe\u0301', 'Übung']],
  ['हिन्दी', ['हिन्दी']],
  ['日本 42', ['日本', '42']],
  ['title:x OR "y"*', ['title', 'x', 'OR', 'y']],
  ['\u0301x', ['x']],
])('[T2] reads %j as words', (text, words) => {
  expect(searchWords(text)).toEqual(words);
});

it.each([undefined, '', ' ', '?!', '\u0301', '\0'])('[T2] finds no words in %j', (text) => {
  expect(searchWords(text)).toBeUndefined();
});

it('[T2] reads an order and its direction', () => {
  expect(taskSort({ sort: 'due_at' })).toEqual({ key: 'due_at', descending: false });
  expect(taskSort({ sort: '-created_at' })).toEqual({ key: 'created_at', descending: true });
});
