import { createLeanVibeClient, type LeanVibeClient } from '@leanvibe/client/leanvibe-client';
import type { Task, TaskStatus } from '@leanvibe/protocol/task';
import type { Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import { AppBrowser, pageMs, prepareMs } from './browser-fixture.ts';

/** Starts a server and a browser for the tests of a file. `hub()` is there once the tests run; without a browser they are skipped. */
export function useAppBrowser(): () => AppBrowser {
  let hub: AppBrowser | undefined;
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
  return () => hub!;
}

/** How long a test of a page may take. */
export const slow = { timeout: pageMs };

/** Opens the board of a workspace and waits until it is live. */
export async function openBoard(
  hub: AppBrowser,
  workspace: string,
  options: Parameters<AppBrowser['open']>[1] & { query?: string } = {},
): Promise<Page> {
  const { query = '', ...window } = options;
  const page = await hub.open(`/?workspace=${workspace}${query}`, window);
  await page.locator('[data-connection="good"]').waitFor({ state: 'attached' });
  return page;
}

/** A client for what only humans may do. */
export const asHuman = (hub: AppBrowser, workspace: string): LeanVibeClient =>
  createLeanVibeClient({ baseUrl: hub.url, clientId: workspace });

/** The column with a name. */
export const column = (page: Page, name: string): Locator => page.getByRole('region', { name });

/** The card of a task: what moves, with everything on it. */
export const card = (page: Page, title: string): Locator =>
  page.locator('[data-task-id]').filter({ has: titleOf(page, title) });

/** The title of a card, which takes the focus. */
export const titleOf = (page: Page, title: string): Locator =>
  page.getByRole('button', { name: title, exact: true }).and(page.locator('[data-card-title]'));

/** The titles in a column, from top to bottom. */
export const titlesIn = (page: Page, name: string): Promise<string[]> =>
  column(page, name).locator('[data-card-title]').allTextContents();

/** Waits until a column shows these titles. */
export const expectTitles = (page: Page, name: string, titles: readonly string[]): Promise<void> =>
  expect.poll(() => titlesIn(page, name)).toEqual(titles);

/** What the live region says at the moment. */
export const said = async (page: Page): Promise<string> =>
  ((await page.locator('[data-announcer]').textContent()) ?? '').trim();

/** What has the focus, by the text that it shows. */
export const focused = (page: Page): Promise<string | null> =>
  page.evaluate(
    () => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent ?? null,
  );

/** The ids of the server in each column, in order. */
export async function titlesOnServer(hub: AppBrowser, workspace: string, status: TaskStatus): Promise<string[]> {
  const { columns } = await hub.client(workspace).tasks.board();
  return columns.find((each) => each.status === status)!.tasks.map(({ title }) => title);
}

/** Creates tasks in a column, in order. */
export async function makeTasks(
  hub: AppBrowser,
  workspace: string,
  titles: readonly string[],
  status: TaskStatus = 'backlog',
): Promise<Task[]> {
  const made: Task[] = [];
  for (const title of titles) made.push(await hub.client(workspace).tasks.create({ title, status }));
  return made;
}
