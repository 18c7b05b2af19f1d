import fc from 'fast-check';
import { expect, it } from 'vitest';
import { tableLines } from './text-table.ts';
import { textWidth } from './text-width.ts';

const columns = [{ heading: 'ID' }, { heading: 'TITLE', flexible: true }, { heading: 'WHO', flexible: true }];

it('[CLI] aligns columns, and leaves no blanks at the ends of lines', () => {
  expect(
    tableLines(
      columns,
      [
        ['a', 'short', ''],
        ['bb', 'x', 'me'],
      ],
      80,
    ),
  ).toEqual(['ID  TITLE  WHO', 'a   short', 'bb  x      me']);
});

it('[CLI] shortens the flexible columns and only these', () => {
  const [, row] = tableLines(columns, [['0123456789', 'a title that is far too long', 'me']], 40);
  expect(row).toBe('0123456789  a title that is far to…  me');
});

it('[CLI] never prints a line that is wider than the terminal', () => {
  const cell = fc.string({ unit: 'grapheme', maxLength: 60 });
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.constant('01234567'), cell, cell)),
      fc.integer({ min: 40, max: 120 }),
      (rows, width) => {
        for (const line of tableLines(columns, rows, width)) expect(textWidth(line)).toBeLessThanOrEqual(width);
      },
    ),
  );
});

it('[CLI] styles cells and not headings, and counts no style as width', () => {
  const styled = [{ heading: 'A', style: (text: string) => `<${text}>` }, { heading: 'B' }];
  expect(tableLines(styled, [['x', 'y']], 80)).toEqual(['A  B', '<x>  y']);
});
