#!/usr/bin/env node
const leastNodeVersion = 26;

if (Number(process.versions.node.split('.')[0]) < leastNodeVersion) {
  console.error(
    `LeanVibe needs Node.js ${leastNodeVersion} or later; this is ${process.versions.node}. Start it with \`npm start\`, which brings its own.`,
  );
  process.exit(1);
}

// Read only now, because an older Node could not read everything that it imports.
const { runCli } = await import('./run-cli.ts');

const interruption = new AbortController();
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(name, () => {
    // Who asks twice does not want to wait.
    if (interruption.signal.aborted) process.exit(130);
    interruption.abort(name);
  });
}

process.exitCode = await runCli(process.argv.slice(2), {
  env: process.env,
  streams: process,
  cwd: process.cwd(),
  signal: interruption.signal,
});
