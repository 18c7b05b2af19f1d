import { describe, expect, it } from 'vitest';
import { answerDocument, fixedDocument } from './fixed-document.ts';

const document = fixedDocument('{"a":1}', 'application/json');

describe('answerDocument', () => {
  it('[C5] has a tag that follows the content', () => {
    expect(fixedDocument('{"a":1}', 'text/plain').etag).toBe(document.etag);
    expect(fixedDocument('{"a":2}', 'application/json').etag).not.toBe(document.etag);
    expect(document.etag).toMatch(/^"[\w-]{22}"$/);
  });

  it.each([
    ['nothing', undefined, 200],
    ['another tag', '"x"', 200],
    ['the bare tag', document.etag.slice(1, -1), 200],
    ['the tag', document.etag, 304],
    ['the weak tag', `W/${document.etag}`, 304],
    ['the tag among others', `"x", ${document.etag}`, 304],
    ['any', '*', 304],
  ])('[C5] to If-None-Match with %s', (_name, ifNoneMatch, status) => {
    const answer = answerDocument(document, ifNoneMatch, { 'x-more': '1' });
    expect(answer).toMatchObject({ status, headers: { etag: document.etag, 'x-more': '1' } });
    expect(answer.body).toBe(status === 304 ? '' : '{"a":1}');
  });
});
