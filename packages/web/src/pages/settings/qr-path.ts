/** The dark modules of a square code as one path, a rectangle for each run in a row. */
export function modulePath(modules: ArrayLike<number>, size: number, offset: number): string {
  const runs: string[] = [];
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column < size; column += 1) {
      const start = column;
      while (column < size && modules[row * size + column]) column += 1;
      if (column > start) runs.push(`M${start + offset} ${row + offset}h${column - start}v1h${start - column}z`);
    }
  }
  return runs.join('');
}
