import { readFile, writeFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { builtFiles } from './built-files.ts';

const compressible = new Set(['.html', '.js', '.css', '.svg', '.webmanifest']);
/** What is shorter gains nothing: it is one packet in any form. */
const leastBytes = 1024;

const brotli = (content: Buffer): Promise<Buffer> =>
  promisify(brotliCompress)(content, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
      [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
    },
  });

const zip = (content: Buffer): Promise<Buffer> => promisify(gzip)(content, { level: constants.Z_BEST_COMPRESSION });

/** Writes beside each file that gains by it the same content, compressed: once here instead of at every request. */
export async function compressFiles(folder: string): Promise<void> {
  const names = (await builtFiles(folder)).filter((name) => compressible.has(extname(name)));
  for (const name of names) {
    const path = join(folder, name);
    const content = await readFile(path);
    if (content.length < leastBytes) continue;
    const [small, smaller] = await Promise.all([zip(content), brotli(content)]);
    if (small.length < content.length) await writeFile(`${path}.gz`, small);
    if (smaller.length < content.length) await writeFile(`${path}.br`, smaller);
  }
}
