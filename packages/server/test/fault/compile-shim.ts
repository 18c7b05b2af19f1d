import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const compilers = ['cc', 'gcc', 'clang'];
const flags = ['-shared', '-fPIC', '-O2', '-Wall', '-Wextra', '-Werror'];

/** Why shims cannot be used here; null when they can. */
export function shimObstacle(): string | null {
  if (process.platform !== 'linux') return `LD_PRELOAD needs Linux, and this is ${process.platform}`;
  if (findCompiler() === undefined) return `there is no C compiler (${compilers.join(', ')}); try: apt-get install gcc`;
  return null;
}

/** Compiles the C file of this name into a library for LD_PRELOAD, and returns its path. It is removed when this process ends. */
export function compileShim(name: 'powerloss' | 'faultfs'): string {
  const obstacle = shimObstacle();
  if (obstacle !== null) throw new Error(`The storage cannot be made to fail: ${obstacle}.`);
  const folder = mkdtempSync(join(tmpdir(), 'leanvibe-shim-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, `${name}.so`);
  const source = fileURLToPath(new URL(`${name}.c`, import.meta.url));
  const { status, stderr } = spawnSync(findCompiler()!, [...flags, '-o', path, source, '-ldl', '-lpthread'], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`${source} does not compile:\n${stderr}`);
  return path;
}

const findCompiler = (): string | undefined =>
  compilers.find((compiler) => spawnSync(compiler, ['--version'], { stdio: 'ignore' }).status === 0);
