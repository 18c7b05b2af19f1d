import { createLeanVibeClient } from '@leanvibe/client/leanvibe-client';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { axeViolations } from './axe.ts';
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

const as = (actor: string, workspace: string) =>
  createLeanVibeClient({ baseUrl: hub.url, clientId: workspace, actor }).tasks;

/** What the rows say, newest first. */
const sentences = (page: Page): Promise<string[]> => page.locator('main li p').allTextContents();

/** Creates many tasks at once. */
async function createMany(workspace: string, count: number): Promise<void> {
  const operations = Array.from({ length: count }, (_, n) => ({ op: 'create', title: `Task ${n + 1}` }) as const);
  await as('agent:claude', workspace).bulk({ operations });
}

describe('the activity', { timeout: pageMs }, () => {
  it('[Activity] says each event in a sentence, with what changed, newest first and as it happens', async () => {
    const task = await as('human:ada', 'say').create({ title: 'Ship', priority: 'high' });
    const page = await hub.open('/activity?workspace=say');
    await page.getByText('created').waitFor();
    await as('agent:claude', 'say').move(task.id, { status: 'testing' });
    await as('human:ada', 'say').update(task.id, { priority: 'critical', tags: ['release'] });
    await expect.poll(() => sentences(page).then(({ length }) => length)).toBe(3);
    expect(await sentences(page)).toEqual([
      expect.stringMatching(/ada changed the priority and the tags of Ship/),
      expect.stringMatching(/claude agent moved Ship to Testing/),
      expect.stringMatching(/ada created Ship in Backlog/),
    ]);
    const newest = page.locator('main li').first();
    expect(await newest.locator('dl').textContent()).toMatch(/PriorityHigh.*Critical.*Tagsnone.*release/);
    const link = newest.getByRole('link', { name: 'Ship' });
    expect(await link.getAttribute('href')).toBe(`/?task=${task.id}&workspace=say`);
    await as('human:ada', 'say').delete(task.id);
    await expect.poll(() => sentences(page).then(([first]) => first)).toMatch(/ada deleted Ship/);
    expect(await page.locator('main li').first().getByRole('link').count()).toBe(0);
  });

  it('[Activity] is filtered by type, who and words, and the address keeps the filter', async () => {
    const task = await as('human:ada', 'filter').create({ title: 'Ship' });
    await as('agent:claude', 'filter').move(task.id, { status: 'testing' });
    await as('agent:claude', 'filter').create({ title: 'Sail' });
    const page = await hub.open('/activity?workspace=filter');
    await page.getByRole('button', { name: 'Type' }).click();
    await page.getByRole('menuitemcheckbox', { name: 'Task created' }).click();
    await page.keyboard.press('Escape');
    await expect.poll(() => sentences(page).then(({ length }) => length)).toBe(2);
    await page.getByRole('button', { name: 'Who' }).click();
    await page.getByRole('menuitemcheckbox', { name: 'agent claude' }).click();
    await page.keyboard.press('Escape');
    await expect.poll(() => sentences(page).then(({ length }) => length)).toBe(1);
    expect(Object.fromEntries(new URL(page.url()).searchParams)).toEqual({
      workspace: 'filter',
      type: 'task_created',
      actor: 'agent:claude',
    });
    await page.reload();
    await expect.poll(() => sentences(page)).toEqual([expect.stringMatching(/created Sail/)]);
    await page.getByRole('button', { name: 'Clear' }).click();
    await page.getByRole('searchbox').fill('ship testing');
    await expect.poll(() => sentences(page)).toEqual([expect.stringMatching(/moved Ship/)]);
    await page.getByRole('searchbox').fill('nothing like it');
    await page.getByText('Nothing matches').waitFor();
  });

  it('[Activity] holds still while paused, counts what waits, and shows it all when resumed', async () => {
    await createMany('held', 1);
    const page = await hub.open('/activity?workspace=held');
    await page.getByText('created').waitFor();
    await page.getByRole('button', { name: 'Pause' }).click();
    await createMany('held', 3);
    const resume = page.getByRole('button', { name: 'Resume (3 new)' });
    await resume.waitFor();
    expect((await sentences(page)).length).toBe(1);
    await page.keyboard.press('p');
    await expect.poll(() => sentences(page).then(({ length }) => length)).toBe(4);
  });

  it('[Activity] loads earlier events until the log begins, also for a filter that matches far back', async () => {
    await as('human:ada', 'earlier').create({ title: 'The very first' });
    await createMany('earlier', 450);
    const page = await hub.open('/activity?workspace=earlier');
    const more = page.getByRole('button', { name: 'Load earlier' });
    await more.click();
    await expect.poll(() => page.locator('main li').count()).toBe(400);
    await page.getByRole('searchbox').fill('very first');
    await page.getByText('Nothing matches').waitFor();
    await more.click();
    await page.getByText('This is where the log begins.').waitFor();
    expect(await sentences(page)).toEqual([expect.stringMatching(/ada created The very first/)]);
    await page.getByRole('searchbox').fill('');
    await expect.poll(() => page.locator('main li').count()).toBe(451);
  });

  it('[Activity] jumps to a time, goes on from there, and comes back to the present', async () => {
    await createMany('jump', 5);
    const { events } = await createLeanVibeClient({ baseUrl: hub.url, clientId: 'jump' }).events.log();
    const at = events.at(-1)!.timestamp;
    await expect.poll(() => Date.now() > Date.parse(at)).toBe(true);
    await as('human:ada', 'jump').create({ title: 'Later' });
    const page = await hub.open(`/activity?workspace=jump&at=${at}`);
    await page.getByText('What happened up to').waitFor();
    await expect.poll(() => sentences(page).then(([first]) => first)).toMatch(/created Task 5/);
    await page.getByRole('button', { name: 'Load later' }).click();
    await page.getByText(/created Later/).waitFor();
    await page.getByRole('button', { name: 'Jump to a time…' }).click();
    await page.getByRole('button', { name: '1 week ago' }).click();
    await page.getByText('Nothing has happened yet').waitFor();
    await page.getByRole('button', { name: 'Back to the present' }).click();
    await page.getByText(/created Later/).waitFor();
    expect(new URL(page.url()).searchParams.has('at')).toBe(false);
    await as('human:ada', 'jump').create({ title: 'Live' });
    await page.getByText(/created Live/).waitFor();
  });

  it('[Activity] says when the server is away, and has missed nothing when it is back', async () => {
    await createMany('away', 2);
    const page = await hub.open('/activity?workspace=away', { expects: lostConnection });
    await page.getByText('This is where the log begins.').waitFor();
    await hub.stopServer();
    await page.getByText('comes in, in order, as soon as the server is back').waitFor();
    await page
      .getByRole('banner')
      .getByText(/Offline since/)
      .waitFor();
    await hub.startServer();
    await createMany('away', 3);
    await expect.poll(() => page.locator('main li').count(), { timeout: 30_000 }).toBe(5);
    await page.getByRole('banner').getByText('Live').waitFor();
  });

  it.each(['light', 'dark'] as const)(
    '[Axe] finds nothing wrong with it, %s, on a desk and a phone',
    async (colorScheme) => {
      const task = await as('agent:claude', `axe-${colorScheme}`).create({ title: 'Ship' });
      await as('human:ada', `axe-${colorScheme}`).update(task.id, { priority: 'critical' });
      await as('agent:claude', `axe-${colorScheme}`).requestApproval(task.id, { requested_by: 'claude', note: 'Now?' });
      for (const device of ['desktop', 'phone'] as const) {
        const page = await hub.open(`/activity?workspace=axe-${colorScheme}`, { device, colorScheme });
        await page.getByText('asked for approval of').waitFor();
        expect(await axeViolations(page)).toEqual([]);
        expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
        await page.getByRole('button', { name: 'Jump to a time…' }).click();
        expect(await axeViolations(page)).toEqual([]);
      }
    },
  );
});
