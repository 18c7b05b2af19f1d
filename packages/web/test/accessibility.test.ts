import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { axeViolations } from './axe.ts';
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

/** A workspace in which every kind of card, entry and event is to be seen. */
async function furnish(workspace: string): Promise<void> {
  const { tasks } = hub.client(workspace);
  const base = await tasks.create({
    title: 'Lay the ground',
    priority: 'critical',
    tags: ['api', 'docs', 'web', 'ui'],
  });
  const asked = await tasks.create({
    title: 'Deploy',
    description: 'What **this** is about: [a link](https://example.com)',
    assigned_to: 'claude',
    confidence_score: 0.7,
    due_at: '2020-01-01T00:00:00.000Z',
    depends_on: [base.id],
    status: 'testing',
  });
  await tasks.requestApproval(asked.id, { requested_by: 'claude', note: 'May I?' });
  await tasks.create({ title: 'Done long ago', status: 'done', priority: 'low' });
}

const themes = ['light', 'dark', 'contrast'] as const;
const pages = ['/', '/inbox', '/activity', '/settings'];

describe('axe', { timeout: 2 * pageMs }, () => {
  it.each(themes)(
    '[Accessibility] finds nothing wrong with any page, on the desk and on the phone: %s',
    async (theme) => {
      const workspace = `axe-${theme}`;
      await furnish(workspace);
      for (const device of ['desktop', 'phone'] as const) {
        const context = await hub.newWindow({ device, colorScheme: theme === 'dark' ? 'dark' : 'light' });
        await context.addInitScript((name) => {
          if (location.protocol === 'http:') localStorage.setItem('leanvibe.theme', name);
        }, theme);
        for (const path of pages) {
          const page = await context.newPage();
          await page.goto(`${hub.url}${path}?workspace=${workspace}`);
          // The page itself, not what stands there while it is loaded.
          await page.locator('h1').first().waitFor({ state: 'attached' });
          await page.getByText('Live', { exact: true }).first().waitFor({ state: 'attached' });
          expect(await page.locator('html').getAttribute('data-theme')).toBe(theme);
          expect([device, path, await axeViolations(page)]).toEqual([device, path, []]);
          await page.close();
        }
      }
    },
  );
});
