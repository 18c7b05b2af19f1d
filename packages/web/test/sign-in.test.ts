import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { axeViolations } from './axe.ts';
import { AppBrowser, pageMs, prepareMs } from './browser-fixture.ts';

let hub: AppBrowser;
let missing: string | undefined;

beforeAll(async () => {
  const started = await AppBrowser.start({ auth: 'token' });
  if (typeof started === 'string') missing = started;
  else hub = started;
}, prepareMs);

afterAll(async () => hub?.[Symbol.asyncDispose]());

beforeEach((context) => {
  if (missing !== undefined) context.skip(missing);
});

afterEach(async () => hub?.closeWindows());

const refused = /status of 401/;

describe('a browser that the server does not know', { timeout: pageMs }, () => {
  it('[Sign-in] is told where the pairing link is, on every page, and shown nothing else', async () => {
    await hub.client().tasks.create({ title: 'A secret' });
    for (const path of ['/', '/inbox', '/settings']) {
      const page = await hub.open(path, { expects: refused });
      await page.getByRole('heading', { name: 'Sign this browser in' }).waitFor();
      await page.getByText('leanvibe pair').waitFor();
      expect(await page.getByText('A secret').count()).toBe(0);
      expect(await axeViolations(page)).toEqual([]);
      expect(await page.getByRole('navigation').count()).toBe(0);
    }
  });

  it('[Sign-in] is let in by a link that is pasted, once', async () => {
    const link = hub.app.pairingUrl();
    for (const isFirst of [true, false]) {
      const page = await hub.open('/', { expects: refused });
      const field = page.getByLabel('Pairing link');
      await field.fill('nonsense');
      await page.getByRole('button', { name: 'Sign in' }).click();
      await field.fill(link);
      await page.getByRole('button', { name: 'Sign in' }).click();
      if (isFirst) await page.getByText('Live', { exact: true }).waitFor();
      else await page.getByText('The link was used already or is too old').waitFor();
    }
  });

  it('[Sign-in] is let in by opening the link, and out when its token is revoked', async () => {
    const page = await hub.open(new URL(hub.app.pairingUrl()).href.slice(hub.url.length), { expects: refused });
    await page.getByText('Live', { exact: true }).waitFor();
    expect(new URL(page.url()).pathname).toBe('/');
    const { tokens } = hub.client();
    const newest = (await tokens.list()).tokens[0]!;
    await tokens.revoke(newest.id);
    await page.getByRole('heading', { name: 'Sign this browser in' }).waitFor();
  });
});
