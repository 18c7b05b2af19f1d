// Runs before `npm start` and `npm test`, after the installation: builds the web app when its sources are not those it was built from.
// Plain JavaScript, because npm may still run it under the machine's own Node; the build itself runs under the pinned one.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const web = join(root, 'packages', 'web');
const marker = join(web, 'dist', '.built');
const windows = process.platform === 'win32';

/** What the app is made of. What only tests read is left out: they change without the app. */
const sources = [
  ...['src', 'public', 'build', 'index.html', 'package.json', 'tsconfig.json', 'vite.config.ts'].map((name) =>
    join(web, name),
  ),
  join(root, 'packages', 'client', 'src'),
  join(root, 'packages', 'protocol', 'src'),
  join(root, 'package-lock.json'),
  fileURLToPath(import.meta.url),
];

const filesOf = (path) => {
  if (!existsSync(path)) return [];
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path, { withFileTypes: true })
    .toSorted((first, second) => (first.name < second.name ? -1 : 1))
    .flatMap((entry) => filesOf(join(path, entry.name)));
};

const isForTests = (path) => /(\.test|-fixture)\.tsx?$/.test(path);

function digest() {
  const hash = createHash('sha256');
  for (const path of sources.flatMap(filesOf).filter((file) => !isForTests(file))) {
    const content = readFileSync(path);
    hash.update(`${relative(root, path).split(sep).join('/')}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
}

/** The Node that is installed with the product; where there is no build of it, the machine's own has to do. */
function pinnedNode() {
  const path = join(root, 'node_modules', '.bin', windows ? 'node.cmd' : 'node');
  return existsSync(path) ? path : process.execPath;
}

function build(wanted) {
  const child = spawn(pinnedNode(), [join(web, 'build', 'build-app.ts'), wanted], {
    cwd: web,
    stdio: ['ignore', 'inherit', 'inherit'],
    // Tests run this too, under a NODE_ENV of their own, and what they try is what people get.
    env: { ...process.env, NODE_ENV: 'production' },
    shell: windows,
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });
}

const wanted = digest();
if (!existsSync(marker) || readFileSync(marker, 'utf8') !== wanted) {
  const startedAt = Date.now();
  console.error('LeanVibe: building the web app (when it has changed; a few seconds) …');
  const exitCode = await build(wanted);
  if (exitCode === 0) console.error(`LeanVibe: built in ${((Date.now() - startedAt) / 1000).toFixed(1)} s.`);
  else console.error('LeanVibe: the web app could not be built; the reason stands above.');
  process.exitCode = exitCode;
}
