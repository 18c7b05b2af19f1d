import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { builtFiles } from './built-files.ts';

/** What is for other programs and bigger screens of icons, and never drawn by a page. */
const notOfTheShell = /^app\/.*\.png$/;

/** Everything that the app needs to open without a connection, and a digest that changes with any of it. */
export async function shellOf(folder: string): Promise<{ version: string; files: string[] }> {
  const names = (await builtFiles(folder)).filter((name) => !notOfTheShell.test(name) && extname(name) !== '.map');
  const hash = createHash('sha256');
  for (const name of names) hash.update(`${name}\0`).update(await readFile(join(folder, name)));
  const paths = names.map((name) => (name === 'index.html' ? '/' : `/${name}`));
  return { version: hash.digest('hex').slice(0, 12), files: paths };
}
