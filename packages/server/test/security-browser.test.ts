import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type BrowserContext } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { browserFlags, ensureBrowser } from '../../../scripts/ensure-browser.ts';
import { attack, serveHostilePage } from './hostile-page-fixture.ts';
import { startTarget, type Target } from './security-fixture.ts';

/** Installing the browser takes a while where it is missing. */
const installMs = 300_000;
const pageMs = 60_000;

const profile = mkdtempSync(join(tmpdir(), 'leanvibe-browser-'));
let browser: BrowserContext | undefined;
let hostile: Awaited<ReturnType<typeof serveHostilePage>>;
let missing: string | undefined;

beforeAll(async () => {
  hostile = await serveHostilePage();
  const found = await ensureBrowser();
  missing = found.missing;
  if (found.path === undefined) return;
  browser = await chromium.launchPersistentContext(profile, {
    executablePath: found.path,
    headless: true,
    // Any name leads to this machine, as a hostile name server would have it.
    args: [...browserFlags, '--host-resolver-rules=MAP *.example 127.0.0.1'],
  });
}, installMs);

afterAll(async () => {
  await browser?.close();
  await hostile[Symbol.asyncDispose]();
  rmSync(profile, { recursive: true, force: true });
});

beforeEach((context) => {
  if (missing !== undefined) context.skip(missing);
});

/** A page of an address, in the browser that all tests share. */
async function openPage(address: string) {
  const page = await browser!.newPage();
  const response = await page.goto(address);
  return { page, response: response!, [Symbol.asyncDispose]: () => page.close() };
}

const connections = async (target: Target, token?: string) =>
  (await target.call('GET', '/connections', { token })).body;

/** Where the hostile page stands: on another site, and on this machine, which browsers take for the same site. */
const hostileSites = ['evil.example', '127.0.0.1', 'localhost'];

describe('rows 2 and 3: a page of another origin', () => {
  it.each(hostileSites)(
    '[S1] on %s changes nothing, reads nothing and opens no socket',
    { timeout: pageMs },
    async (site) => {
      await using target = await startTarget();
      const task = await target.task('alpha');
      const before = target.state();
      await using hostilePage = await openPage(`http://${site}:${hostile.port}/`);
      for (const hub of [target.url, `http://localhost:${target.port}`]) {
        expect(await attack(hostilePage.page, hub, task.id)).toEqual({});
      }
      expect(target.state()).toBe(before);
      expect(await connections(target)).toEqual([]);
      expect(target.logged.filter((line) => line.includes('"status":403')).length).toBeGreaterThan(40);
    },
  );

  it('[S1] could do all of it if the server took it for its own page', { timeout: pageMs }, async () => {
    await using target = await startTarget();
    const task = await target.task('alpha');
    const before = target.state();
    await using own = await openPage(`${target.url}/docs`);
    const loot = await attack(own.page, target.url, task.id);
    expect(Object.keys(loot)).toEqual(
      expect.arrayContaining([
        'cors application/json',
        'no-cors text/plain',
        'DELETE',
        'read /connections',
        'socket',
        'events',
        'script',
      ]),
    );
    expect(target.state()).not.toBe(before);
  });

  it('[S1] that is bound anew to this machine is not served at all', { timeout: pageMs }, async () => {
    await using target = await startTarget();
    await using rebound = await openPage(`http://evil.example:${target.port}/health`);
    expect(rebound.response.status()).toBe(403);
    expect(await rebound.page.textContent('body')).toContain('host-not-allowed');
    const write = () =>
      fetch('/tasks/alpha', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{"title":"x"}',
      }).then(({ status }) => status);
    expect(await rebound.page.evaluate(write)).toBe(403);
    expect(JSON.parse(target.state())).toEqual([[], [], [], [], []]);
  });

  it.each(hostileSites)(
    '[S2] on %s cannot use the session of a browser that is signed in',
    { timeout: pageMs },
    async (site) => {
      await using target = await startTarget({ auth: 'token' });
      const task = await target.task('alpha');
      await using own = await openPage(target.app.pairingUrl());
      expect(own.page.url()).toBe(`${target.url}/docs`);
      expect(await own.page.evaluate(() => document.cookie)).toBe('');
      const cookies = await browser!.cookies(target.url);
      expect(cookies).toMatchObject([{ httpOnly: true, sameSite: 'Strict', path: '/', domain: '127.0.0.1' }]);
      const write = (id: string) =>
        fetch(`/tasks/alpha/${id}`, {
          method: 'PATCH',
          headers: { 'content-type': 'application/json' },
          body: '{"title":"mine"}',
        }).then(({ status }) => status);
      expect(await own.page.evaluate(write, task.id)).toBe(200);

      const before = target.state();
      await using hostilePage = await openPage(`http://${site}:${hostile.port}/`);
      expect(await attack(hostilePage.page, target.url, task.id)).toEqual({});
      expect(target.state()).toBe(before);
      expect(await connections(target, target.owner)).toEqual([]);
      expect((await target.call('GET', '/tokens', { token: target.owner })).body).toHaveLength(2);
      await browser!.clearCookies();
    },
  );
});

const scripts = [
  '<script>window.harmed=1</script>',
  '<img src=x onerror="window.harmed=1">',
  '"><svg/onload=window.harmed=1>',
  "'-window.harmed=1-'",
  'javascript:window.harmed=1',
  '</title><script>window.harmed=1</script>',
  '<iframe srcdoc="<script>parent.harmed=1</script>">',
  '[a](javascript:window.harmed=1)',
  '\u2028window.harmed=1\u2029',
  '+ADw-script+AD4-window.harmed=1+ADw-/script+AD4-',
  '{{constructor.constructor("window.harmed=1")()}}',
  '<!--<img src="--><img src=x onerror=window.harmed=1//">',
];

describe('rows 12 and 13: what a browser makes of answers', () => {
  it('[S1] scripts in tasks and addresses come back as data, which no browser runs', { timeout: pageMs }, async () => {
    await using target = await startTarget();
    for (const title of scripts)
      await target.task('alpha', {
        title,
        description: title,
        tags: [title.slice(0, 60)],
        metadata: { [title]: title },
      });
    const encoded = scripts.map((script) => encodeURIComponent(script));
    const paths = [
      '/tasks/alpha',
      '/tasks/alpha/board',
      '/events/alpha/log',
      ...encoded.flatMap((text) => [
        `/tasks/${text}`,
        `/tasks/alpha/${text}`,
        `/docs/${text}`,
        `/${text}`,
        `/tasks/alpha?q=${text}`,
        `/health?${text}`,
      ]),
    ];
    await using tab = await openPage(`${target.url}/health`);
    for (const path of paths) {
      const response = await tab.page.goto(target.url + path);
      const found = await tab.page.evaluate(() => [document.contentType, 'harmed' in window, document.scripts.length]);
      expect([path, response!.headers()['x-content-type-options'], ...found]).toEqual([
        path,
        'nosniff',
        response!.ok() ? 'application/json' : 'application/problem+json',
        false,
        0,
      ]);
    }
  });

  it(
    '[C8] the documentation works under its policy: no error, and nothing from elsewhere',
    { timeout: pageMs },
    async () => {
      await using target = await startTarget();
      const page = await browser!.newPage();
      const complaints: string[] = [];
      const hosts = new Set<string>();
      page.on('console', (message) => {
        if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
      });
      page.on('pageerror', (error) => complaints.push(String(error)));
      page.on('requestfailed', (request) => complaints.push(request.url()));
      page.on('request', (request) => {
        const { protocol, host } = new URL(request.url());
        if (protocol !== 'data:') hosts.add(host);
      });
      await page.goto(`${target.url}/docs`);
      await page.getByText('/tasks/{client_id}/{task_id}/approve', { exact: true }).waitFor();
      await page.locator('#operations-System-getHealth .opblock-summary-control').click();
      await page.getByRole('button', { name: 'Try it out' }).click();
      await page.getByRole('button', { name: 'Execute' }).click();
      await page.locator('.live-responses-table').getByText('ConnectionManager').first().waitFor();
      expect(complaints).toEqual([]);
      expect([...hosts]).toEqual([`127.0.0.1:${target.port}`]);
      await page.close();
    },
  );
});
