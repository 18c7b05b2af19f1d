#!/usr/bin/env node
import { enableCompileCache } from 'node:module';
import { fileURLToPath } from 'node:url';

const leastNodeVersion = 26;

if (Number(process.versions.node.split('.')[0]) < leastNodeVersion) {
  console.error(
    `LeanVibe needs Node.js ${leastNodeVersion} or later; this is ${process.versions.node}. Start it with \`npm start\` in ${fileURLToPath(new URL('../../../', import.meta.url))}, which brings its own.`,
  );
  process.exit(1);
}

// Starts in half the time: what was compiled once is kept.
enableCompileCache();

// Read only now, because an older Node could not read everything that it imports.
const { runCli } = await import('./run-cli.ts');

// A terminal and the program that started this one (npm does) both pass Ctrl-C on: that is one wish, not two.
const oneWishMs = 1000;
const interruption = new AbortController();
let interruptedAtMs = 0;
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(name, () => {
    // Who asks again does not want to wait.
    if (interruption.signal.aborted && performance.now() - interruptedAtMs > oneWishMs) process.exit(130);
    if (interruption.signal.aborted) return;
    interruptedAtMs = performance.now();
    interruption.abort(name);
  });
}

process.exitCode = await runCli(process.argv.slice(2), {
  env: process.env,
  streams: process,
  cwd: process.cwd(),
  signal: interruption.signal,
});

// A server whose storage failed leaves everything open, on purpose; that must not keep the process.
setInterval(() => {
  if (process.stdout.writableLength + process.stderr.writableLength === 0) process.exit();
}, 100).unref();
