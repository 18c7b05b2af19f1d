// Builds the app into `dist`: the pages and their parts, the service worker that knows all of them, and each of them compressed.
// The argument is the digest of the sources, which is written down last: a build that was broken off is begun anew.
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { compressFiles } from './compress-files.ts';
import { shellOf } from './shell-manifest.ts';

const web = fileURLToPath(new URL('..', import.meta.url));
const dist = join(web, 'dist');

async function buildPages(outDir: string): Promise<void> {
  await build({ root: web, logLevel: 'warn', build: { outDir, emptyOutDir: true } });
}

/** Built by itself and last, because it carries the list of everything else. */
async function buildServiceWorker(outDir: string): Promise<void> {
  await build({
    configFile: false,
    root: web,
    logLevel: 'warn',
    publicDir: false,
    define: { __SHELL__: JSON.stringify(await shellOf(outDir)) },
    build: {
      outDir,
      emptyOutDir: false,
      target: 'es2024',
      modulePreload: false,
      rolldownOptions: {
        input: join(web, 'src', 'service-worker', 'service-worker.ts'),
        output: { format: 'iife', entryFileNames: 'service-worker.js' },
      },
    },
  });
}

/** Puts the new app in the place of the old one. A server that runs has the old one in memory. */
function swapIn(next: string): void {
  const old = `${next}-old`;
  try {
    renameSync(dist, old);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  renameSync(next, dist);
  rmSync(old, { recursive: true, force: true });
}

const [digest = ''] = process.argv.slice(2);
const work = join(web, 'node_modules', '.build');
mkdirSync(work, { recursive: true });
const next = mkdtempSync(join(work, 'dist-'));
try {
  await buildPages(next);
  await buildServiceWorker(next);
  await compressFiles(next);
  writeFileSync(join(next, '.built'), digest);
  swapIn(next);
} finally {
  rmSync(next, { recursive: true, force: true });
}
