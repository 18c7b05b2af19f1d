import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const compilers = ['cc', 'gcc', 'clang'];
const cache = fileURLToPath(new URL('../../../../node_modules/.cache/leanvibe-shims/', import.meta.url));
const flags = ['-shared', '-fPIC', '-O2', '-Wall', '-Wextra', '-Werror'];

/** Why shims cannot be used here; null when they can. */
export function shimObstacle(): string | null {
  if (process.platform !== 'linux') return `LD_PRELOAD needs Linux, and this is ${process.platform}`;
  if (findCompiler() === undefined) return `there is no C compiler (${compilers.join(', ')}); try: apt-get install gcc`;
  return null;
}

/** Compiles the C file of this name into a library for LD_PRELOAD, unless that was done before, and returns its path. */
export function compileShim(name: 'powerloss' | 'faultfs'): string {
  const obstacle = shimObstacle();
  if (obstacle !== null) throw new Error(`The storage cannot be made to fail: ${obstacle}.`);
  const source = fileURLToPath(new URL(`${name}.c`, import.meta.url));
  const version = createHash('sha256').update(readFileSync(source)).digest('hex').slice(0, 12);
  const path = join(cache, `${name}-${version}.so`);
  if (existsSync(path)) return path;
  mkdirSync(cache, { recursive: true });
  const unfinished = `${path}.${process.pid}`;
  const { status, stderr } = spawnSync(findCompiler()!, [...flags, '-o', unfinished, source, '-ldl', '-lpthread'], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`${source} does not compile:\n${stderr}`);
  renameSync(unfinished, path);
  return path;
}

const findCompiler = (): string | undefined =>
  compilers.find((compiler) => spawnSync(compiler, ['--version'], { stdio: 'ignore' }).status === 0);
