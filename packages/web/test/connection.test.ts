import type { Board } from '@leanvibe/protocol/board';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { AppBrowser, lostConnection, pageMs, prepareMs } from './browser-fixture.ts';

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

/** The titles in each column, as they are drawn. */
const drawn = (page: Page): Promise<Record<string, string[]>> =>
  page.evaluate(() =>
    Object.fromEntries(
      [...document.querySelectorAll<HTMLElement>('[data-column]')].map((column) => [
        column.dataset['column'],
        [...column.querySelectorAll('[data-card-title]')].map((title) => title.textContent),
      ]),
    ),
  );

const titlesOf = ({ columns }: Board): Record<string, string[]> =>
  Object.fromEntries(columns.map(({ status, tasks }) => [status, tasks.map(({ title }) => title)]));

const isLive = (page: Page) => page.getByText('Live', { exact: true }).waitFor();
const isOffline = (page: Page) => page.getByText(/^Offline since/).waitFor();

/** Writes a task at the foot of a column. */
async function quickAdd(page: Page, status: string, title: string): Promise<void> {
  await page.locator(`[data-quick-add="${status}"]`).click();
  await page.keyboard.type(title);
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
}

describe('two windows', { timeout: pageMs }, () => {
  it('[Live] show in one what is done in the other', async () => {
    const workspace = 'two';
    const [first, second] = [await hub.open(`/?workspace=${workspace}`), await hub.open(`/?workspace=${workspace}`)];
    await Promise.all([first, second].map(isLive));
    await quickAdd(first, 'backlog', 'Seen by both');
    await second.getByText('Seen by both').waitFor();
    const { tasks } = hub.client(workspace);
    const [task] = (await tasks.list()).tasks;
    await tasks.move(task!.id, { status: 'testing' });
    for (const page of [first, second])
      await expect.poll(async () => (await drawn(page))['testing']).toEqual(['Seen by both']);
  });
});

describe('a server that goes and comes back under an open page', { timeout: pageMs }, () => {
  it('[Live] leaves the page with the board as it is, without a reload', async () => {
    const workspace = 'restart';
    const others = () => hub.client(workspace).tasks;
    for (const title of ['One', 'Two', 'Three']) await others().create({ title });
    const page = await hub.open(`/?workspace=${workspace}`, { expects: lostConnection });
    await isLive(page);
    await page.evaluate(() => Object.assign(globalThis, { isTheSamePage: true }));
    for (const round of [1, 2]) {
      await hub.stopServer();
      await isOffline(page);
      await hub.startServer();
      // What happens before the page is back is caught up on.
      const [task] = (await others().list()).tasks;
      await others().move(task!.id, { status: round === 1 ? 'in_progress' : 'done' });
      await others().create({ title: `Added in round ${round}` });
      await isLive(page);
      await expect.poll(() => drawn(page)).toEqual(titlesOf(await others().board()));
    }
    expect(await page.evaluate(() => 'isTheSamePage' in globalThis)).toBe(true);
  });

  it('[Offline] is told afterwards what was done meanwhile, and somebody chooses where it met another change', async () => {
    const workspace = 'edits';
    const others = () => hub.client(workspace).tasks;
    const { id } = await others().create({ title: 'Shared' });
    const page = await hub.open(`/?workspace=${workspace}`, { expects: lostConnection });
    await isLive(page);
    await hub.stopServer();
    await isOffline(page);
    await quickAdd(page, 'backlog', 'Written on the train');
    await quickAdd(page, 'testing', 'And another');
    await page.getByText('2 changes wait').waitFor();
    // The page was closed and opened again on the way; without a service worker that needs the server for a moment.
    await hub.startServer();
    await others().update(id, { title: 'Shared, and changed' });
    await isLive(page);
    await expect.poll(async () => (await others().list()).total).toBe(3);
    await page.getByText(/changes? waits?/).waitFor({ state: 'detached' });
    await expect.poll(() => drawn(page)).toEqual(titlesOf(await others().board()));
  });
});
