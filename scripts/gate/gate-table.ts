/** One row of the gate: what was measured, what is asked for, and whether it is met. */
export type GateRow = { figure: string; measured: string; required: string; met: boolean };

/** A figure in percent that must not be below a floor; null: there is none, which is a miss. */
export const atLeast = (figure: string, percent: number | null, floor: number): GateRow => ({
  figure,
  measured: percent === null ? 'none' : `${percent.toFixed(1)} %`,
  required: `≥ ${floor} %`,
  met: percent !== null && percent >= floor,
});

/** A latency in milliseconds that must stay below a bound; null: there is none, which is a miss. */
export const below = (figure: string, milliseconds: number | null, bound: number): GateRow => ({
  figure,
  measured: milliseconds === null ? 'none' : `${milliseconds.toFixed(1)} ms`,
  required: `< ${bound} ms`,
  met: milliseconds !== null && milliseconds < bound,
});

/** A figure that is shown and not judged. */
export const shown = (figure: string, measured: string): GateRow => ({ figure, measured, required: '', met: true });

const cell = (row: GateRow): string => (row.required === '' ? '' : row.met ? 'yes' : '**no**');

/** The rows as a Markdown table. */
export function gateTable(rows: readonly GateRow[]): string {
  const lines = rows.map((row) => `| ${row.figure} | ${row.measured} | ${row.required} | ${cell(row)} |`);
  return ['| figure | measured | required | met |', '|---|---|---|---|', ...lines].join('\n');
}

/** Puts text between `<!-- name:begin -->` and `<!-- name:end -->`. */
export function replaceSection(document: string, name: string, text: string): string {
  const begin = `<!-- ${name}:begin -->`;
  const end = `<!-- ${name}:end -->`;
  const from = document.indexOf(begin);
  const to = document.indexOf(end, from);
  if (from < 0 || to < 0) throw new Error(`There is no place between ${begin} and ${end}.`);
  return `${document.slice(0, from + begin.length)}\n\n${text}\n\n${document.slice(to)}`;
}
