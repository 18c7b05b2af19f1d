import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { PassThrough } from 'node:stream';
import type { Command } from 'commander';
import { systemClock } from '@leanvibe/server/clock';
import { expect, it } from 'vitest';
import { exitCodes } from './cli-error.ts';
import { createProgram } from './program.ts';
import { Terminal } from './terminal.ts';

const manual = readFileSync(new URL('../../../docs/cli.md', import.meta.url), 'utf8');

const program = createProgram({
  terminal: new Terminal({ stdin: new PassThrough(), stdout: new PassThrough(), stderr: new PassThrough() }, {}),
  env: {},
  cwd: tmpdir(),
  clock: systemClock,
  signal: new AbortController().signal,
});

/** The commands that do something. */
const leaves = (command: Command): Command[] =>
  command.commands.length === 0 ? [command] : command.commands.flatMap(leaves);

const nameOf = (command: Command): string =>
  command.parent?.parent ? `${command.parent.name()} ${command.name()}` : command.name();

it.each(leaves(program).map((command) => [nameOf(command), command] as const))(
  '[CLI] has "%s" and its flags in the manual',
  (name, command) => {
    const word = name.split(' ').at(-1)!;
    expect(manual).toMatch(new RegExp(`[\`*]${word}[\`*]|leanvibe ${name}`));
    // The settings of the server are a page of their own.
    if (name === 'serve') return;
    for (const { long } of command.options) expect(manual).toContain(long!);
  },
);

it('[CLI] names no flag or command in the manual that is not there', () => {
  const flags = new Set([program, ...leaves(program)].flatMap(({ options }) => options.map(({ long }) => long)));
  for (const [flag] of manual.matchAll(/--[a-z][a-z-]+/g)) expect(flags.has(flag) || flag === '--help').toBe(true);
  const names = leaves(program).map(nameOf);
  for (const [, name] of manual.matchAll(/^leanvibe ((?:tasks |token )?[a-z]+)/gm)) expect(names).toContain(name);
});

it('[CLI] has every exit code in the manual', () => {
  for (const code of Object.values(exitCodes)) expect(manual).toMatch(new RegExp(`^\\| ${code} +\\|`, 'm'));
});
