import { answerableOf, cacheNameOf, outdatedCaches, type Shell } from './shell.ts';

declare const self: ServiceWorkerGlobalScope;
/** Written in by the build. */
declare const __SHELL__: Shell;

const shell = __SHELL__;
const cacheName = cacheNameOf(shell);

/** Keeps every file of this version, or none: one that is not what it must be belongs to another version. */
async function keepShell(): Promise<void> {
  const cache = await caches.open(cacheName);
  await cache.addAll(shell.files.map(({ path, integrity }) => new Request(path, { integrity, cache: 'no-cache' })));
}

async function forgetOutdated(): Promise<void> {
  const names = await caches.keys();
  await Promise.all(outdatedCaches(names, cacheName).map((name) => caches.delete(name)));
}

/** The page of this version, so that it never meets the parts of another. */
async function answerPage(request: Request): Promise<Response> {
  const cache = await caches.open(cacheName);
  return (await cache.match('/')) ?? fetch(request);
}

const answerFile = async (request: Request): Promise<Response> => (await caches.match(request)) ?? fetch(request);

self.addEventListener('install', (event) => event.waitUntil(keepShell()));

self.addEventListener('activate', (event) => {
  event.waitUntil(
    (async () => {
      await forgetOutdated();
      // The page that has installed it is ready for a lost connection from now on.
      await self.clients.claim();
    })(),
  );
});

// A new version waits until somebody asks for it.
self.addEventListener('message', ({ data }) => {
  if ((data as { type?: unknown } | null)?.type === 'activate') void self.skipWaiting();
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== self.location.origin) return;
  const answerable = answerableOf(url.pathname, request.mode === 'navigate');
  if (answerable === 'page') event.respondWith(answerPage(request));
  if (answerable === 'file') event.respondWith(answerFile(request));
});
