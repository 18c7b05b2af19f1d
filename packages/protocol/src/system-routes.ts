import { z } from 'zod';
import { Health, Ready } from './health.ts';
import { EntityId } from './identifiers.ts';
import { pageQuery } from './list-query.ts';
import { route } from './route.ts';
import { PairingLink, Token, TokenCreate, TokenCreated } from './token.ts';

/** The routes about who may call. */
export const accessRoutes = {
  createToken: route({
    method: 'POST',
    path: '/tokens',
    tag: 'Access',
    summary: 'Make a token',
    description: 'The secret is shown this once and stored as a hash.',
    access: 'admin',
    body: TokenCreate,
    answers: { 201: { description: 'The token with its secret', body: TokenCreated } },
  }),
  listTokens: route({
    method: 'GET',
    path: '/tokens',
    tag: 'Access',
    summary: 'List tokens',
    access: 'admin',
    query: z.strictObject(pageQuery),
    answers: { 200: { description: 'Tokens, newest first', body: z.array(Token), headers: ['Link', 'X-Total-Count'] } },
    errors: ['cursor-invalid'],
  }),
  revokeToken: route({
    method: 'DELETE',
    path: '/tokens/{token_id}',
    tag: 'Access',
    summary: 'Revoke a token',
    description: 'Open sockets of the token are closed within a second.',
    access: 'admin',
    params: z.strictObject({ token_id: EntityId }),
    answers: { 204: { description: 'Revoked' } },
    errors: ['token-not-found'],
  }),
  createPairingLink: route({
    method: 'POST',
    path: '/pairing',
    tag: 'Access',
    summary: 'Make a link that signs one browser in, once',
    access: 'admin',
    answers: { 201: { description: 'The link', body: PairingLink } },
  }),
  redeemPairingLink: route({
    method: 'GET',
    path: '/pair',
    tag: 'Access',
    summary: 'Exchange a one-time code for a cookie',
    access: 'public',
    query: z.strictObject({ code: z.string().min(1).max(128) }),
    answers: { 303: { description: 'Signed in; goes on to the start page', headers: ['Location', 'Set-Cookie'] } },
    errors: ['unauthorized'],
  }),
} as const;

const AnyObject = z.record(z.string(), z.unknown());

/** The routes about the server itself. */
export const systemRoutes = {
  getHealth: route({
    method: 'GET',
    path: '/health',
    tag: 'System',
    summary: 'Liveness and the state of each component',
    access: 'public',
    answers: { 200: { description: 'Alive', body: Health }, 503: { description: 'A component is down', body: Health } },
  }),
  getReady: route({
    method: 'GET',
    path: '/ready',
    tag: 'System',
    summary: 'Whether requests are served',
    access: 'public',
    answers: { 200: { description: 'Ready', body: Ready } },
    errors: ['shutting-down'],
  }),
  getMetrics: route({
    method: 'GET',
    path: '/metrics',
    tag: 'System',
    summary: 'Figures for Prometheus',
    access: 'admin',
    answers: { 200: { description: 'Prometheus text', mediaType: 'text/plain' } },
  }),
  getOpenApi: route({
    method: 'GET',
    path: '/openapi.json',
    tag: 'System',
    summary: 'This interface as OpenAPI 3.1',
    access: 'read',
    answers: { 200: { description: 'The document', body: AnyObject, headers: ['ETag'] } },
  }),
  getAsyncApi: route({
    method: 'GET',
    path: '/asyncapi.json',
    tag: 'System',
    summary: 'The WebSocket interface as AsyncAPI 3',
    access: 'read',
    answers: { 200: { description: 'The document', body: AnyObject, headers: ['ETag'] } },
  }),
  openDocs: route({
    method: 'GET',
    path: '/docs',
    tag: 'System',
    summary: 'This interface to read and try out in a browser',
    access: 'read',
    answers: { 200: { description: 'The page', mediaType: 'text/html', headers: ['ETag'] } },
  }),
  getDocsFile: route({
    method: 'GET',
    path: '/docs/{file}',
    tag: 'System',
    summary: 'A file of the documentation',
    description: '`errors.md` and `events.md` explain each problem and each event; the others belong to the page.',
    access: 'read',
    params: z.strictObject({ file: z.string().min(1).max(64) }),
    answers: {
      200: {
        description: 'The file',
        mediaType: 'text/markdown',
        otherMediaTypes: ['text/css', 'text/javascript', 'image/png'],
        headers: ['ETag'],
      },
    },
    errors: ['not-found'],
  }),
} as const;
