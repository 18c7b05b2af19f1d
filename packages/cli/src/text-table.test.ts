import { expect, it } from 'vitest';
import { printable } from './printable.ts';
import { tableLines } from './text-table.ts';

it('[CLI] aligns columns and shortens only the flexible one', () => {
  const columns = [{ heading: 'ID' }, { heading: 'TITLE', flexible: true }];
  expect(tableLines(columns, [['a', 'short']], 80)).toEqual(['ID  TITLE', 'a   short']);
  const [, row] = tableLines(columns, [['abcd', 'a title that is far too long']], 20);
  expect(row).toBe('abcd  a title that …'.slice(0, 20));
  expect(row!.length).toBe(20);
});

it('[CLI] counts what a person sees as one character as one', () => {
  expect(tableLines([{ heading: 'T' }, { heading: 'X' }], [['👩‍👩‍👧', 'b']], 80)[1]).toBe('👩‍👩‍👧  b');
});

it('[CLI] lets no control character of others reach the terminal', () => {
  expect(printable('a\u001b[31mb\nc\u009bd')).toBe('a [31mb c d');
});
