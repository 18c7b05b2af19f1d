import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { LeanVibeClient } from './leanvibe-client.ts';
import { RunningServer } from './running-server-fixture.ts';

const folder = fileURLToPath(new URL('..', import.meta.url));
const readme = readFileSync(`${folder}/README.md`, 'utf8');
const examples = [...readme.matchAll(/```ts\n(.*?)```/gs)].map(([, code]) => code!);
const programs = examples.filter((code) => code.startsWith('import '));

/** Runs an example as a program of its own, as its reader would, against a server of the test. */
async function run(code: string, url: string): Promise<string> {
  const program = code.replace('http://127.0.0.1:8765', url);
  expect(program).not.toBe(code);
  const flags = ['--input-type=module-typescript', '--eval', program];
  const { stdout } = await promisify(execFile)(process.execPath, flags, { cwd: folder, timeout: 15_000 });
  return stdout;
}

describe('README.md', () => {
  it('[C8] has examples that do what they say', async () => {
    await using server = await RunningServer.start();
    const outputs: string[] = [];
    for (const program of programs) outputs.push(await run(program, server.url));
    expect(outputs).toEqual([
      'changed: assigned_to\nchanged: status, position, completed_at\ndone: Write the manual\n',
      'Backlog: 0, In Progress: 0, Testing: 0, Done: 1\nBacklog: 1, In Progress: 0, Testing: 0, Done: 1\n',
    ]);
  });

  it('[C8] names every call that there is, and no other', () => {
    const client = new LeanVibeClient({ baseUrl: 'http://127.0.0.1:8765', clientId: 'alpha' });
    const nouns = { ...client, client } as unknown as Record<string, object>;
    const rows = [...readme.matchAll(/^\| `(?:client\.)?(\w+)` \| (.*) \|$/gm)];
    const documented = rows.map(([, noun, calls]) => [
      noun,
      [...calls!.matchAll(/`([\w.]+)`/g)].map(([, name]) => name),
    ]);
    const callsOf = (value: object): string[] =>
      Object.getOwnPropertyNames(Object.getPrototypeOf(value)).filter((name) => name !== 'constructor');
    const present = Object.entries(nouns)
      .filter(([, value]) => typeof value === 'object')
      .map(([noun, value]) => [
        noun,
        noun === 'tasks'
          ? [...callsOf(value), ...callsOf(client.tasks.rules).map((name) => `rules.${name}`)]
          : callsOf(value),
      ]);
    const sorted = (list: unknown[][]): unknown[][] =>
      list
        .map(([noun, calls]) => [noun, (calls as string[]).toSorted()])
        .toSorted(([a], [b]) => String(a).localeCompare(String(b)));
    expect(sorted(documented)).toEqual(sorted(present));
  });
});
