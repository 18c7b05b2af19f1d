import { HubError } from '../hub-error.ts';
import type { VersionMatch } from '../write-context.ts';

/** The ETag of an entity of this version. */
export const versionTag = (version: number): string => `"${version}"`;

const listPattern = /^\s*(?:W\/)?"(\d{1,15})"\s*$/;

/** Reads `If-Match`: `*`, a version in quotes (weak or not), a list of them, or a bare number. */
export function readIfMatch(header: string | undefined): VersionMatch | null {
  if (header === undefined) return null;
  const text = header.trim();
  if (text === '*') return 'any';
  if (/^\d{1,15}$/.test(text)) return [Number(text)];
  return text.split(',').map((entry) => {
    const version = listPattern.exec(entry)?.[1];
    if (version !== undefined) return Number(version);
    const errors = [{ path: 'If-Match', message: 'must be an ETag such as "3", a list of them, or *' }];
    throw new HubError('validation-failed', 'If-Match must be an ETag such as "3", a list of them, or *.', {
      extensions: { errors },
    });
  });
}

/** Whether `If-None-Match` names this ETag; weak and strong ones compare alike, as RFC 9110 has it for reads. */
export function isNoneMatch(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false;
  if (header === etag) return true;
  const opaque = etag.replace(/^W\//, '');
  return header.split(',').some((entry) => {
    const tag = entry.trim();
    return tag === '*' || tag === opaque || (tag.startsWith('W/') && tag.slice(2) === opaque);
  });
}
