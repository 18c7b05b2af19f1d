import { isUtf8 } from 'node:buffer';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { HubError } from '../hub-error.ts';
import { isNestedDeeper } from './json-nesting.ts';

const deepestNesting = 64;

type Done = (error: Error | null, body?: unknown) => void;

const assertReadable = (request: FastifyRequest): void => {
  const encoding = request.headers['content-encoding'];
  if (encoding !== undefined && encoding !== 'identity') {
    throw new HubError('unsupported-media-type', `A body with Content-Encoding ${encoding} cannot be read.`);
  }
};

const decode = (body: Buffer): string => {
  if (!isUtf8(body)) throw new HubError('malformed-json', 'The body is not valid UTF-8.');
  const text = body.toString('utf8');
  if (isNestedDeeper(text, deepestNesting)) {
    throw new HubError('malformed-json', `The body is nested more than ${deepestNesting} deep.`);
  }
  return text;
};

/**
 * Reads JSON bodies, and no others. Fastify's own parser refuses members that would change a prototype; a body of no bytes is none,
 * whatever its type says, because many clients always send the header.
 */
export function readJsonBodies(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  const parse = app.getDefaultJsonParser('error', 'error');
  const read = (request: FastifyRequest, body: Buffer, done: Done): void => {
    assertReadable(request);
    if (body.length === 0) done(null, undefined);
    else void parse(request, decode(body), done);
  };
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, read);
  app.addContentTypeParser('application/merge-patch+json', { parseAs: 'buffer' }, (request, body: Buffer, done) => {
    if (request.method !== 'PATCH') throw new HubError('unsupported-media-type', 'Merge patches are sent with PATCH.');
    read(request, body, done);
  });
}
