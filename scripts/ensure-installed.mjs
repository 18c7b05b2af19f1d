// Runs before `npm start`, `npm test` and their like, under whatever Node the machine has (18 or later): installs exactly what
// the lock file names when that has not been done yet. Plain JavaScript with no dependency, because nothing may be there.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const lockFile = join(root, 'package-lock.json');
// `npm ci` begins by removing node_modules, and the marker with it: an installation that was interrupted is begun anew.
const marker = join(root, 'node_modules', '.leanvibe-installed');
const turnFile = join(root, '.leanvibe-installing');
const windows = process.platform === 'win32';
const wanted = createHash('sha256').update(readFileSync(lockFile)).digest('hex');

const isInstalled = () =>
  existsSync(marker) &&
  readFileSync(marker, 'utf8') === wanted &&
  existsSync(join(root, 'node_modules', '@leanvibe', 'protocol'));

function stop(message, exitCode) {
  console.error(`LeanVibe: ${message}`);
  process.exit(exitCode);
}

/** The process that installs, if it is still there. */
function installingProcess() {
  try {
    const pid = Number(readFileSync(turnFile, 'utf8'));
    process.kill(pid, 0);
    return pid;
  } catch (error) {
    return error.code === 'EPERM' ? 'of another user' : null;
  }
}

/** Two installations at once would remove each other's files: the second one waits. */
async function takeTurn() {
  for (let waited = false; ; waited = true) {
    try {
      writeFileSync(turnFile, String(process.pid), { flag: 'wx' });
      process.on('exit', () => rmSync(turnFile, { force: true }));
      return;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    const other = installingProcess();
    // What a process that was killed left behind.
    if (other === null) rmSync(turnFile, { force: true });
    else if (!waited) console.error(`LeanVibe: process ${other} is installing; waiting for it …`);
    await pause(500);
  }
}

/** Runs the npm that runs this script, or the one of the PATH when another package manager does. */
function npm(args) {
  const path = process.env.npm_execpath;
  const child =
    path && basename(path).startsWith('npm')
      ? spawn(process.execPath, [path, ...args], { cwd: root, stdio: 'inherit' })
      : spawn('npm', args, { cwd: root, stdio: 'inherit', shell: windows });
  // Should this process be killed, the turn is over when npm is.
  if (child.pid !== undefined) writeFileSync(turnFile, String(child.pid));
  // A terminal sends Ctrl-C to npm as well. It then removes what it has begun, and that has to be waited for: it would remove the
  // files of the next installation.
  process.on('SIGINT', () => console.error('\nLeanVibe: stopping; npm removes what it has begun …'));
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve(signal === 'SIGINT' ? 130 : (code ?? 1)));
  });
}

async function install() {
  console.error('LeanVibe: installing what is missing (once; about a minute) …');
  const startedAt = Date.now();
  const exitCode = await npm([
    'ci',
    '--ignore-scripts',
    '--include=dev',
    '--include=optional',
    '--engine-strict=false',
    '--loglevel=error',
    '--no-audit',
    '--no-fund',
  ]).catch((error) => stop(`npm could not be started: ${error.message}`, 1));
  if (exitCode !== 0) {
    stop('the installation did not succeed. It is safe to run the command again.', exitCode);
  }
  writeFileSync(marker, wanted);
  console.error(`LeanVibe: installed in ${Math.round((Date.now() - startedAt) / 1000)} s.`);
}

/** npm scripts find the pinned `node` in node_modules/.bin; where there is no build of it, the machine's own has to do. */
function assertNode() {
  if (existsSync(join(root, 'node_modules', '.bin', windows ? 'node.cmd' : 'node'))) return;
  if (Number(process.versions.node.split('.')[0]) >= 26) return;
  stop(
    `it needs Node 26 or later. There is no build of it to install for ${process.platform}-${process.arch}, and this is Node ${process.versions.node}.`,
    1,
  );
}

if (!isInstalled()) {
  await takeTurn();
  if (!isInstalled()) await install();
}
assertNode();
