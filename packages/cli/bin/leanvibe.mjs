#!/usr/bin/env node
// Starts the command line under whatever Node the machine has (18 or later): where that one is too old, the Node that is pinned in
// node_modules takes over. Plain JavaScript, because an old Node cannot read TypeScript.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const main = join(here, '..', 'src', 'main.ts');

const pinnedNode = (folder) => {
  const node = join(folder, 'node_modules', '.bin', process.platform === 'win32' ? 'node.exe' : 'node');
  if (existsSync(node)) return node;
  return dirname(folder) === folder ? undefined : pinnedNode(dirname(folder));
};

const runUnder = (node) => {
  const child = spawn(node, [main, ...process.argv.slice(2)], { stdio: 'inherit' });
  // A terminal sends Ctrl-C to both; what is sent to this process alone has to be passed on.
  process.on('SIGINT', () => {});
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => {
    console.error(`LeanVibe: ${node} cannot be started: ${error.message}`);
    process.exitCode = 1;
  });
  child.on('exit', (code, signal) => {
    process.exitCode = signal === null ? (code ?? 1) : 1;
  });
};

const node = Number(process.versions.node.split('.')[0]) >= 26 ? undefined : pinnedNode(here);
if (node === undefined) await import('../src/main.ts');
else runUnder(node);
