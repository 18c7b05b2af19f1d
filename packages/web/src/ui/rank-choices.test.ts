import { expect, it } from 'vitest';
import { nextItem } from './menu-keys.ts';
import { rankChoices } from './rank-choices.ts';

const named = (...labels: string[]) => labels.map((label) => ({ label }));
const labels = (typed: string, ...choices: Parameters<typeof named>) =>
  rankChoices(named(...choices), typed).map(({ label }) => label);

it('[Palette] finds what has all the words, best first: at the beginning, at a word, anywhere', () => {
  expect(labels('in', 'Testing', 'Log in', 'Inbox', 'Board')).toEqual(['Inbox', 'Log in', 'Testing']);
  expect(labels('go IN', 'Go to Inbox', 'Inbox', 'Go to Board')).toEqual(['Go to Inbox']);
  expect(labels('', 'b', 'a')).toEqual(['b', 'a']);
});

it('[Palette] finds by keywords too, after names', () => {
  const choices = [{ label: 'Shortcuts', keywords: 'help keys' }, { label: 'Help' }];
  expect(rankChoices(choices, 'help').map(({ label }) => label)).toEqual(['Help', 'Shortcuts']);
});

it('[Menu] is gone through with arrows, Home, End and first letters, round the ends', () => {
  const items = ['Backlog', 'In Progress', 'Done'].map((textContent) => ({ textContent }));
  const [first, second, last] = items;
  expect(nextItem(items, last, 'ArrowDown')).toBe(first);
  expect(nextItem(items, first, 'ArrowUp')).toBe(last);
  expect(nextItem(items, null, 'ArrowDown')).toBe(first);
  expect(nextItem(items, first, 'End')).toBe(last);
  expect(nextItem(items, last, 'Home')).toBe(first);
  expect(nextItem(items, first, 'i')).toBe(second);
  expect(nextItem(items, first, 'x')).toBeUndefined();
  expect(nextItem(items, first, ' ')).toBeUndefined();
});
