import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Shell } from '../src/service-worker/shell.ts';
import { builtFiles } from './built-files.ts';

/** What is for the home screen and never drawn by a page. */
const notOfTheShell = /^app\/.*\.png$/;

const sha256 = (content: Buffer | string): string => createHash('sha256').update(content).digest('base64');

/** Everything that the app needs to open without a connection. */
export async function shellOf(folder: string): Promise<Shell> {
  const names = (await builtFiles(folder)).filter((name) => !notOfTheShell.test(name));
  const files = await Promise.all(
    names.map(async (name) => ({
      path: name === 'index.html' ? '/' : `/${name}`,
      integrity: `sha256-${sha256(await readFile(join(folder, name)))}`,
    })),
  );
  return {
    version: Buffer.from(sha256(JSON.stringify(files)), 'base64')
      .toString('hex')
      .slice(0, 12),
    files,
  };
}
