import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { AppBrowser, pageMs, prepareMs } from './browser-fixture.ts';

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

describe('the page', { timeout: pageMs }, () => {
  it.each(['/', '/inbox', '/activity', '/settings'])(
    '[CSP] %s loads nothing from elsewhere and has no script or style of its own within it',
    async (path) => {
      const context = await hub.newWindow();
      const page = await context.newPage();
      const response = await page.goto(hub.url + path);
      expect(response!.headers()['content-security-policy']).toContain("script-src 'self'; style-src 'self'");
      await page.getByRole('main').waitFor();
      expect(await page.locator('script:not([src])').count()).toBe(0);
      expect(await page.locator('style').count()).toBe(0);
      expect(await page.locator('#root').count()).toBe(1);
    },
  );

  it('[CSP] runs no script and obeys no style that gets into it', async () => {
    const page = await hub.open('/', { expects: /Content Security Policy/ });
    await page.getByRole('main').waitFor();
    const refused = await page.evaluate(async () => {
      const violations: string[] = [];
      document.addEventListener('securitypolicyviolation', (event) => violations.push(event.effectiveDirective));
      const script = document.createElement('script');
      script.textContent = 'globalThis.planted = true';
      document.body.append(script);
      document.body.insertAdjacentHTML('beforeend', '<img src="data:," onerror="globalThis.planted = true">');
      document.body.append(Object.assign(document.createElement('style'), { textContent: '* { color: red }' }));
      await fetch('https://example.com/').catch(() => undefined);
      // The events of violations come after what was refused; this one comes after them.
      await new Promise((resolve) => setTimeout(resolve));
      return { violations, planted: 'planted' in globalThis };
    });
    expect(refused.planted).toBe(false);
    expect(refused.violations).toEqual(expect.arrayContaining(['connect-src', 'script-src-elem', 'style-src-elem']));
  });
});

describe('the size', { timeout: pageMs }, () => {
  it('[Budget] is at most 200 KiB of compressed JavaScript for the first view', async () => {
    const context = await hub.newWindow();
    const page = await context.newPage();
    const scripts: Promise<{ path: string; bytes: number }>[] = [];
    page.on('response', (response) => {
      if (response.request().resourceType() !== 'script') return;
      const sizes = response.request().sizes();
      scripts.push(sizes.then(({ responseBodySize }) => ({ path: response.url(), bytes: responseBodySize })));
    });
    await page.goto(hub.url);
    await page.getByRole('main').waitFor();
    await page.waitForLoadState('networkidle');
    const loaded = await Promise.all(scripts);
    expect(loaded.length).toBeGreaterThan(0);
    const bytes = loaded.reduce((sum, script) => sum + script.bytes, 0);
    expect(bytes, JSON.stringify(loaded)).toBeLessThanOrEqual(200 * 1024);
  });
});
