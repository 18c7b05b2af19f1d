import { closeSync, fchmodSync, fsyncSync, openSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

const pieceBytes = 1 << 20;

/** Replaces a file so that at every instant, also after a power cut, it is either the old one or the new one, whole. */
export function replaceFile(path: string, pieces: Iterable<string>): void {
  // In the same folder, because a rename is atomic within one file system only. One name, so that a crash leaves at most one behind.
  const draft = `${path}.new`;
  const permissions = statSync(path, { throwIfNoEntry: false })?.mode;
  rmSync(draft, { force: true });
  try {
    // `x`: a link that somebody put there is not followed.
    const file = openSync(draft, 'wx', 0o600);
    try {
      if (permissions !== undefined) fchmodSync(file, permissions & 0o777);
      writePieces(file, pieces);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(draft, path);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
  syncFolder(dirname(path));
}

function writePieces(file: number, pieces: Iterable<string>): void {
  let gathered = '';
  for (const piece of pieces) {
    gathered += piece;
    if (gathered.length < pieceBytes) continue;
    writeWhole(file, gathered);
    gathered = '';
  }
  writeWhole(file, gathered);
}

// On a disk that is nearly full a write can be partial.
function writeWhole(file: number, text: string): void {
  const bytes = Buffer.from(text);
  let written = 0;
  while (written < bytes.length) written += writeSync(file, bytes, written);
}

function syncFolder(folder: string): void {
  // Windows has no such thing as syncing a folder.
  if (process.platform === 'win32') return;
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
