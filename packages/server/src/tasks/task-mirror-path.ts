import { realpathSync, statSync, type Stats } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { StartRefused } from '../start-refused.ts';

const statOf = (path: string): Stats | undefined => statSync(path, { throwIfNoEntry: false });

/**
 * Checks where the mirror is to be kept, and returns the path with links resolved. Throws `StartRefused` when writing there could not
 * work, or would destroy what the server lives on. A folder that is missing is refused too: it is most likely a typing error.
 */
export function mirrorPath(path: string, databaseFile: string): string {
  const wanted = resolve(path);
  const refuse = (reason: string): never => {
    throw new StartRefused(`The mirror cannot be kept at ${wanted}: ${reason}. Choose another LEANVIBE_MIRROR.`);
  };
  try {
    if (!statOf(dirname(wanted))?.isDirectory()) return refuse(`there is no folder ${dirname(wanted)}`);
    // Links are followed, so that the file they lead to is replaced and not the link.
    const real = statOf(wanted) ? realpathSync(wanted) : join(realpathSync(dirname(wanted)), basename(wanted));
    if (statOf(real)?.isDirectory()) return refuse('it is a folder; name a file, such as tasks.json in it');
    if (statOf(real) && !statOf(real)!.isFile()) return refuse('it is not a regular file');
    if (isServersOwn(real, databaseFile)) return refuse('the server keeps its own data there');
    return real;
  } catch (error) {
    if (error instanceof StartRefused) throw error;
    return refuse(error instanceof Error ? error.message : String(error));
  }
}

// The names are compared without regard to case, as many file systems do.
function isServersOwn(path: string, databaseFile: string): boolean {
  const folder = statOf(dirname(databaseFile)) ? realpathSync(dirname(databaseFile)) : resolve(dirname(databaseFile));
  if (dirname(path).toLowerCase() !== folder.toLowerCase()) return false;
  const name = basename(path).toLowerCase();
  const database = basename(databaseFile).toLowerCase();
  const ownFiles = [database, ...['-wal', '-shm', '-journal'].map((ending) => database + ending)];
  return ownFiles.includes(name) || ['leanvibe.lock', 'server.json', 'server.json.new', 'backups'].includes(name);
}
