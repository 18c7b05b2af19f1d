import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';

/** The script of the smallest app that has every kind of file. */
export const smallScript = `console.log(${JSON.stringify('leanvibe '.repeat(50))});\n`;

const smallApp: Readonly<Record<string, string>> = {
  'index.html': '<!doctype html><title>LeanVibe</title><script type="module" src="/assets/index-1a2b.js"></script>',
  'service-worker.js': 'addEventListener("fetch", () => {});',
  'assets/index-1a2b.js': smallScript,
  'assets/index-1a2b.css': 'body { margin: 0 }',
  'app/manifest.webmanifest': '{"name":"LeanVibe"}',
  'app/icon.svg': '<svg xmlns="http://www.w3.org/2000/svg"/>',
};

/** A folder with a built app, small and with its script compressed beforehand; it goes when it is disposed of. */
export function temporaryWebFolder() {
  const path = mkdtempSync(join(tmpdir(), 'leanvibe-web-'));
  const write = (name: string, content: string | Buffer) => {
    mkdirSync(dirname(join(path, name)), { recursive: true });
    writeFileSync(join(path, name), content);
  };
  for (const [name, content] of Object.entries(smallApp)) write(name, content);
  write('assets/index-1a2b.js.br', brotliCompressSync(smallScript));
  write('assets/index-1a2b.js.gz', gzipSync(smallScript));
  write('.built', 'not a part of the app');
  return { path, write, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) };
}
