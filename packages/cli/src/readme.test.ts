import { readFileSync } from 'node:fs';
import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { systemClock } from '@leanvibe/server/clock';
import { createProgram } from './program.ts';
import { Terminal } from './terminal.ts';

const readme = readFileSync(new URL('../../../README.md', import.meta.url), 'utf8');
const section = /<!-- commands:begin -->([\s\S]*?)<!-- commands:end -->/.exec(readme)![1]!;

/** A command and those below it, as they are typed. */
const withThoseBelow = (name: string, below: readonly string[]): string[] => [
  name,
  ...below.map((child) => `${name} ${child}`),
];

const documented = [...section.matchAll(/^\| `leanvibe (\w+)` \|(.*)\|$/gm)].flatMap(([, name, text]) =>
  withThoseBelow(name!, /: ((?:`\w+` ?)+)/.exec(text!)?.[1]?.match(/\w+/g) ?? []),
);

describe('the commands in the README', () => {
  it('[C8] are those that there are, with those below them', () => {
    const streams = { stdin: new PassThrough(), stdout: new PassThrough(), stderr: new PassThrough() };
    const { commands } = createProgram({
      terminal: new Terminal(streams, {}),
      env: {},
      cwd: '/',
      clock: systemClock,
      signal: new AbortController().signal,
    });
    const present = commands.flatMap((command) =>
      withThoseBelow(
        command.name(),
        command.commands.map((child) => child.name()),
      ),
    );
    expect(documented.toSorted()).toEqual(present.toSorted());
  });
});
