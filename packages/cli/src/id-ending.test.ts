import { expect, it } from 'vitest';
import { exitCodes, type CliError } from './cli-error.ts';
import { assertEnding, isWholeId, pickByEnding } from './id-ending.ts';

const entries = [
  { id: '01a20e38-198a-720d-98e1-284210c6b126', title: 'one' },
  { id: '01a20e38-1ae8-7caf-a16e-de7f250e4b26', title: 'two\u001b[2J' },
];
const naming = { one: 'task', several: 'tasks', label: ({ title }: { title: string }) => title };

const refusalOf = (work: () => unknown): CliError => {
  try {
    work();
  } catch (error) {
    return error as CliError;
  }
  throw new Error('It was not refused.');
};

it('[CLI] finds an entry by an ending of its id that no other has, in any letter case', () => {
  expect(pickByEnding('B126', entries, naming).title).toBe('one');
  expect(pickByEnding('de7f250e4b26', entries, naming).title).toBe('two\u001b[2J');
});

it('[CLI] lists the candidates where an ending is not unique, and exits with 2', () => {
  const { message, exitCode } = refusalOf(() => pickByEnding('26', entries, naming));
  expect(exitCode).toBe(exitCodes.usage);
  expect(message).toContain('2 tasks have ids that end in 26');
  for (const { id } of entries) expect(message).toContain(id);
  expect(message).not.toContain('\u001b');
});

it('[CLI] lists no more candidates than a person reads', () => {
  const many = Array.from({ length: 25 }, (_, index) => ({ id: `${index}-f`, title: 'x' }));
  expect(refusalOf(() => pickByEnding('f', many, naming)).message).toContain('… and 15 more');
});

it('[CLI] says so where no id has the ending, as the server would', () => {
  expect(refusalOf(() => pickByEnding('ffff', entries, naming)).exitCode).toBe(exitCodes.refused);
});

it('[CLI] takes only what can be the end of an id', () => {
  expect(() => assertEnding('98e1-284210c6b126', 'task')).not.toThrow();
  for (const text of ['', 'xyz', '../../x', 'a'.repeat(37)]) {
    expect(refusalOf(() => assertEnding(text, 'task')).exitCode).toBe(exitCodes.usage);
  }
  expect(isWholeId(entries[0]!.id)).toBe(true);
  expect(isWholeId(entries[0]!.id.slice(1))).toBe(false);
});
