import { createHash } from 'node:crypto';
import type { Answer } from '../http/route-binding.ts';

/** A document that does not change while the server runs. */
export type FixedDocument = { body: string | Buffer; contentType: string; etag: string };

/** Makes a document; its ETag is a digest of the content. */
export const fixedDocument = (body: string | Buffer, contentType: string): FixedDocument => ({
  body,
  contentType,
  etag: `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`,
});

const namesTag = (ifNoneMatch: string, etag: string): boolean =>
  ifNoneMatch.split(',').some((entry) => {
    const tag = entry.trim().replace(/^W\//, '');
    return tag === '*' || tag === etag;
  });

/** Answers with the document, or 304 when the caller has it already. */
export const answerDocument = (
  { body, contentType, etag }: FixedDocument,
  ifNoneMatch: string | undefined,
  headers: Readonly<Record<string, string>> = {},
): Answer => {
  const common = { etag, 'cache-control': 'no-cache', ...headers };
  return ifNoneMatch !== undefined && namesTag(ifNoneMatch, etag)
    ? { status: 304, headers: common, body: '' }
    : { status: 200, headers: { ...common, 'content-type': contentType }, body };
};
