// Runs before `npm start` and `npm test`, under whatever Node the machine has (18 or later): installs exactly what the lock
// file names when that has not been done yet. Plain JavaScript with no dependency, because nothing may be there.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const lockFile = join(root, 'package-lock.json');
const marker = join(root, 'node_modules', '.leanvibe-installed');
const wanted = createHash('sha256').update(readFileSync(lockFile)).digest('hex');
const present = existsSync(marker) ? readFileSync(marker, 'utf8') : '';

if (present !== wanted) {
  console.error('LeanVibe: installing what is missing (once; about a minute) …');
  const npm = process.env.npm_execpath;
  const args = ['ci', '--ignore-scripts', '--include=dev', '--include=optional', '--no-audit', '--no-fund'];
  const startedAt = Date.now();
  const result = npm
    ? spawnSync(process.execPath, [npm, ...args], { cwd: root, stdio: 'inherit' })
    : spawnSync('npm', args, { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' });
  if (result.status !== 0) {
    console.error(
      'LeanVibe: the installation did not succeed; the messages above say why. It is safe to run the command again.',
    );
    process.exit(result.status ?? 1);
  }
  writeFileSync(marker, wanted);
  console.error(`LeanVibe: installed in ${Math.round((Date.now() - startedAt) / 1000)} s.`);
}
