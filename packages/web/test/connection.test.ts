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

/** The browser also says when a change met another one. */
const lostOrRefused = new RegExp(`${lostConnection.source}|status of 412`);

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

  it('[Offline] is told afterwards what was done meanwhile, also in a window that was closed since, and asks where it met another change', async () => {
    const workspace = 'edits';
    const address = `${hub.url}/?workspace=${workspace}`;
    const { id } = await hub.client(workspace).tasks.create({ title: 'Shared' });
    const context = await hub.newWindow({ serviceWorkers: 'allow', expects: lostOrRefused });
    const closed = await context.newPage();
    await closed.goto(address);
    await isLive(closed);
    await closed.waitForFunction(() => navigator.serviceWorker.controller !== null);
    await hub.stopServer();
    await isOffline(closed);
    await closed.getByRole('button', { name: 'Shared', exact: true }).click();
    await closed.getByRole('textbox', { name: 'Title' }).fill('Mine');
    await closed.getByRole('textbox', { name: 'Title' }).press('Enter');
    await closed.getByText('1 change waits').waitFor();
    await quickAdd(closed, 'testing', 'Written on the train');
    await closed.getByText('2 changes wait').waitFor();
    await closed.close();

    const page = await context.newPage();
    await page.goto(address);
    await page.getByText('2 changes wait').waitFor();
    await expect.poll(async () => (await drawn(page))['backlog']).toEqual(['Mine']);
    await hub.changeMeanwhile(workspace, ({ tasks }) => tasks.update(id, { title: 'Theirs', priority: 'high' }));
    await hub.startServer();
    const choice = page.getByRole('dialog', { name: 'Somebody else has changed this task' });
    await choice.getByText('Theirs', { exact: true }).last().waitFor();
    expect(await hub.client(workspace).tasks.list()).toMatchObject({ total: 1 });
    await choice.getByRole('button', { name: 'All mine' }).click();
    await choice.getByRole('button', { name: 'Save what is chosen' }).click();
    await page.getByText(/changes? waits?/).waitFor({ state: 'detached' });
    const { tasks } = hub.client(workspace);
    await expect.poll(async () => titlesOf(await tasks.board())['testing']).toEqual(['Written on the train']);
    expect(await tasks.get(id)).toMatchObject({ title: 'Mine', priority: 'high' });
    await expect.poll(() => drawn(page)).toEqual(titlesOf(await tasks.board()));
  });
});
