import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the repository, with a slash at the end. */
export const repositoryRoot = fileURLToPath(new URL('../../../', import.meta.url));

/** Where the documents say that the server is. */
export const documentedAddress = '127.0.0.1:8765';

/** The text of a document, by its path in the repository. */
export const readDocument = (path: string): string => readFileSync(`${repositoryRoot}${path}`, 'utf8');

/** The shell blocks of a document that stand after a mark such as `<!-- run -->`. */
export const blocksAfter = (mark: string, document: string): string[] =>
  [...document.matchAll(new RegExp(`<!-- ${mark} -->\\n\\n\`\`\`sh\\n([\\s\\S]*?)\`\`\``, 'g'))].map(
    ([, block]) => block!,
  );

/** Where a block is run: the address of the server as `host:port`, and further variables. */
export type ShellSurroundings = { address: string; cwd?: string; variables?: Readonly<Record<string, string>> };

/** Runs a block as it stands, but for the address; a refusal of the server fails it, too. Resolves to what it printed. */
export function runBlock(block: string, surroundings: ShellSurroundings): Promise<string> {
  const { address, cwd = repositoryRoot, variables = {} } = surroundings;
  const script = `set -euo pipefail
    curl() { command curl --fail-with-body --no-progress-meter "$@"; }
    ${block.replaceAll(documentedAddress, address)}`;
  const env = {
    PATH: `${repositoryRoot}node_modules/.bin${delimiter}${process.env['PATH']}`,
    HOME: homedir(),
    LEANVIBE_URL: `http://${address}`,
    npm_config_offline: 'true',
    ...variables,
  };
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  execFile('bash', ['-c', script], { cwd, env }, (error, stdout, stderr) => {
    if (error) reject(new Error(`${block}\n${stdout}\n${stderr}`, { cause: error }));
    else resolve(stdout);
  });
  return promise;
}
