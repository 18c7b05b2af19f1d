import { printable } from './printable.ts';
import { fitText, textWidth } from './text-width.ts';

/** One column of a table: its heading, whether it is shortened where the terminal is narrow, and how its cells are styled. */
export type Column = { heading: string; flexible?: boolean; style?: (text: string) => string };

/** The least that a flexible column is shortened to. */
const leastFlexibleWidth = 12;
const gap = '  ';

/** Lines of a table, headings first, that fit into `width` columns by shortening the flexible ones. */
export function tableLines(columns: readonly Column[], rows: readonly (readonly string[])[], width: number): string[] {
  const cells = rows.map((row) => row.map(printable));
  const widths = columnWidths(columns, cells, width);
  const line = (row: readonly string[], isHeading: boolean): string =>
    row
      .map((cell, index) => {
        const isLast = index === columns.length - 1;
        const text = fitText(cell, widths[index]!);
        const style = isHeading ? undefined : columns[index]!.style;
        const shown = isLast ? text.trimEnd() : text;
        return style && shown ? style(shown) : shown;
      })
      .join(gap)
      .trimEnd();
  return [
    line(
      columns.map((column) => column.heading),
      true,
    ),
    ...cells.map((row) => line(row, false)),
  ];
}

function columnWidths(columns: readonly Column[], cells: readonly (readonly string[])[], width: number): number[] {
  const widths = columns.map((column, index) =>
    cells.reduce((widest, row) => Math.max(widest, textWidth(row[index]!)), textWidth(column.heading)),
  );
  let surplus = widths.reduce((sum, column) => sum + column, gap.length * (columns.length - 1)) - width;
  columns.forEach((column, index) => {
    if (!column.flexible || surplus <= 0) return;
    const shortened = Math.min(widths[index]!, Math.max(leastFlexibleWidth, widths[index]! - surplus));
    surplus -= widths[index]! - shortened;
    widths[index] = shortened;
  });
  return widths;
}
