import { z } from 'zod';
import { route } from './route.ts';

/** A page of the app: all of them are one document, and the app shows what the address names. */
const page = <const Path extends string>(path: Path, summary: string) =>
  route({
    method: 'GET',
    path,
    tag: 'Web app',
    summary,
    // The page has to load to say how to sign in; what it then asks for is guarded.
    access: 'public',
    // What else stands in the address is between the app and whoever made the link; a page never fails over it.
    query: z.looseObject({}),
    answers: {
      200: { description: 'The page', mediaType: 'text/html', headers: ['ETag'] },
      302: { description: 'Goes on to the documentation, where the app has not been built', headers: ['Location'] },
    },
  });

const scripts = { mediaType: 'text/javascript', headers: ['ETag'] } as const;

/** The routes of the web app. Its files carry no secrets and need no token. */
export const webRoutes = {
  openStart: page('/', 'The board'),
  openInbox: page('/inbox', 'What waits for a human'),
  openActivity: page('/activity', 'What has happened'),
  openSettings: page('/settings', 'Settings'),
  getServiceWorker: route({
    method: 'GET',
    path: '/service-worker.js',
    tag: 'Web app',
    summary: 'What keeps the app readable without a connection',
    access: 'public',
    answers: { 200: { description: 'The script', ...scripts } },
    errors: ['not-found'],
  }),
  getWebAsset: route({
    method: 'GET',
    path: '/assets/{file}',
    tag: 'Web app',
    summary: 'A script or style of the app',
    description: 'The name carries a digest of the content, so an answer may be kept for ever.',
    access: 'public',
    params: z.strictObject({ file: z.string().min(1).max(128) }),
    answers: {
      200: {
        description: 'The file',
        ...scripts,
        otherMediaTypes: ['text/css', 'image/svg+xml', 'image/png', 'font/woff2'],
      },
    },
    errors: ['not-found'],
  }),
  getWebFile: route({
    method: 'GET',
    path: '/app/{file}',
    tag: 'Web app',
    summary: 'The manifest of the app, or one of its icons',
    access: 'public',
    params: z.strictObject({ file: z.string().min(1).max(128) }),
    answers: {
      200: {
        description: 'The file',
        mediaType: 'application/manifest+json',
        otherMediaTypes: ['image/svg+xml', 'image/png'],
        headers: ['ETag'],
      },
    },
    errors: ['not-found'],
  }),
} as const;
