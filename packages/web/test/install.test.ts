import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { AppBrowser, lostConnection, pageMs, prepareMs } from './browser-fixture.ts';
import { newerApp } from './newer-app-fixture.ts';

let hub: AppBrowser;
let missing: string | undefined;

beforeAll(async () => {
  const started = await AppBrowser.start();
  if (typeof started === 'string') missing = started;
  else hub = started;
}, prepareMs);

afterAll(async () => hub?.[Symbol.asyncDispose]());

beforeEach((context) => {
  if (missing !== undefined) context.skip(missing);
});

afterEach(async () => hub?.closeWindows());

const isControlled = (page: Page) => page.waitForFunction(() => navigator.serviceWorker.controller !== null);
const versionOf = (page: Page) => page.locator('body').getAttribute('data-version');

/** Whether the board that the browser keeps has a task with this title. Runs in the page. */
const isOnDisk = (title: string): Promise<boolean> =>
  new Promise((resolve) => {
    const opening = indexedDB.open('leanvibe');
    opening.addEventListener('success', () => {
      const reading = opening.result.transaction('boards').objectStore('boards').getAll();
      reading.addEventListener('success', () => resolve(JSON.stringify(reading.result).includes(title)));
    });
  });

/** Opens the app and waits until it would open without a connection too. */
async function openInstalled(): Promise<Page> {
  const page = await hub.open('/', { serviceWorkers: 'allow', expects: lostConnection });
  await isControlled(page);
  return page;
}

describe('the app on a home screen', { timeout: pageMs }, () => {
  it('[PWA] can be installed', async () => {
    const page = await openInstalled();
    const debug = await page.context().newCDPSession(page);
    const { errors } = await debug.send('Page.getAppManifest');
    expect(errors).toEqual([]);
    const { installabilityErrors } = await debug.send('Page.getInstallabilityErrors');
    // A window of a test keeps nothing, which is what browsers call incognito.
    expect(installabilityErrors.filter(({ errorId }) => errorId !== 'in-incognito')).toEqual([]);
  });

  it('[PWA] has icons of the sizes that its manifest says, one of them for any shape', async () => {
    const page = await hub.open();
    const icons = await page.evaluate(async () => {
      const link = document.querySelector<HTMLLinkElement>('link[rel=manifest]')!;
      const manifest = (await (await fetch(link.href)).json()) as {
        icons: { src: string; sizes: string; purpose?: string }[];
      };
      return Promise.all(
        manifest.icons.map(async ({ src, sizes, purpose }) => {
          const image = await createImageBitmap(await (await fetch(src)).blob()).catch(() => null);
          return { sizes, purpose, drawn: image && `${image.width}x${image.height}` };
        }),
      );
    });
    const drawn = icons.filter((icon) => icon.sizes !== 'any');
    expect(drawn.map((icon) => icon.sizes)).toEqual(['192x192', '512x512', '512x512']);
    expect(drawn.map((icon) => icon.drawn)).toEqual(drawn.map((icon) => icon.sizes));
    expect(drawn.at(-1)!.purpose).toBe('maskable');
  });

  it('[Offline] opens each of its pages when the server is away, and shows the last board', async () => {
    await hub.client().tasks.create({ title: 'Readable anywhere' });
    const page = await openInstalled();
    await page.getByText('Readable anywhere').waitFor();
    await page.waitForFunction(isOnDisk, 'Readable anywhere');
    await hub.stopServer();
    try {
      for (const path of ['/inbox', '/activity', '/settings', '/']) {
        await page.goto(hub.url + path);
        await page.getByText(/^Offline since/).waitFor();
      }
      await page.getByText('Readable anywhere').waitFor();
    } finally {
      await hub.startServer();
    }
    await page.getByText('Live', { exact: true }).waitFor();
  });

  it('[Offline] keeps no answer of the interface', async () => {
    const page = await openInstalled();
    await page.getByText('Live', { exact: true }).waitFor();
    const kept = await page.evaluate(async () => {
      const names = await caches.keys();
      const requests = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
      return requests.flat().map(({ url }) => new URL(url).pathname);
    });
    expect(kept).toContain('/');
    expect(kept.filter((path) => path !== '/' && !/^\/(assets|app)\//.test(path))).toEqual([]);
  });
});

describe('a newer version', { timeout: pageMs }, () => {
  it('[Update] waits until it is asked for, then replaces all of the old one at once', async () => {
    using newer = newerApp('0000000000aa');
    const page = await openInstalled();
    const other = await page.context().newPage();
    await other.goto(hub.url);
    await hub.stopServer();
    await hub.startServer(newer.path);
    try {
      await page.reload();
      const reload = page.getByRole('button', { name: 'Reload' });
      await reload.waitFor();
      expect(await versionOf(page)).toBeNull();
      await page.reload();
      await reload.waitFor();
      expect(await versionOf(page)).toBeNull();

      await reload.click();
      await page.locator('body[data-version="0000000000aa"]').waitFor();
      expect(await page.evaluate(() => navigator.serviceWorker.controller?.state)).toBe('activated');

      // The window that did not ask goes on as it was, with all its parts, and is told.
      expect(await versionOf(other)).toBeNull();
      await other.getByRole('link', { name: 'Settings' }).click();
      await other.getByRole('heading', { level: 1, name: 'Settings' }).waitFor();
      await other.getByRole('button', { name: 'Reload' }).click();
      await other.locator('body[data-version="0000000000aa"]').waitFor();
    } finally {
      await hub.stopServer();
      await hub.startServer();
    }
  });
});
