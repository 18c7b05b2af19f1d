import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';
import { codingEndings, type ContentCoding } from './content-coding.ts';

/** A file of the app in every form in which it can be sent. */
export type WebFile = { contentType: string; etag: string; forms: ReadonlyMap<ContentCoding, Buffer> };

/** The files of the app by their path within it, such as `assets/index-8c2f.js`. */
export type WebFiles = ReadonlyMap<string, WebFile>;

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
};

async function readForm(path: string): Promise<Buffer | null> {
  try {
    return await readFile(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

async function readWebFile(path: string, contentType: string): Promise<WebFile> {
  const content = await readFile(path);
  const forms = new Map<ContentCoding, Buffer>([['identity', content]]);
  for (const coding of ['br', 'gzip'] as const) {
    const form = await readForm(path + codingEndings[coding]);
    if (form !== null) forms.set(coding, form);
  }
  return { contentType, etag: createHash('sha256').update(content).digest('base64url').slice(0, 22), forms };
}

async function filesIn(folder: string): Promise<string[]> {
  try {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

/**
 * Reads the built app; null when there is none. All of it is kept in memory (about a megabyte): no request reaches the file system, and
 * an app that is built anew meanwhile is not served half old, half new.
 */
export async function readWebFiles(folder: string): Promise<WebFiles | null> {
  const files = new Map<string, WebFile>();
  for (const path of await filesIn(folder)) {
    const contentType = contentTypes[extname(path)];
    if (contentType === undefined) continue;
    files.set(relative(folder, path).split(sep).join('/'), await readWebFile(path, contentType));
  }
  return files.has('index.html') ? files : null;
}
