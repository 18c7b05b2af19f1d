import { createLeanVibeClient } from '@leanvibe/client/leanvibe-client';
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

/** Somebody else, who may decide. */
const colleague = (workspace: string) =>
  createLeanVibeClient({ baseUrl: hub.url, clientId: workspace, actor: 'human:colleague' });

/** Creates tasks and asks for the approval of each, in order. */
async function ask(workspace: string, ...titles: string[]): Promise<string[]> {
  const { tasks } = hub.client(workspace);
  const ids: string[] = [];
  for (const title of titles) {
    const { id } = await tasks.create({ title, description: `What **${title}** is about` });
    await tasks.requestApproval(id, { requested_by: 'claude', note: `May I ${title}?` });
    ids.push(id);
  }
  return ids;
}

describe('the inbox', { timeout: pageMs }, () => {
  it('[Inbox] shows what waits, oldest first, with who asks, why and since when, and a way to the task', async () => {
    const [first] = await ask('order', 'Deploy', 'Delete the branch');
    const page = await hub.open('/inbox?workspace=order');
    const entries = page.getByRole('list', { name: /waiting for your decision/i }).getByRole('listitem');
    await entries.nth(1).waitFor();
    expect(await entries.getByRole('heading').allTextContents()).toEqual(['Deploy', 'Delete the branch']);
    const text = await entries.first().textContent();
    expect(text).toContain('claude asks');
    expect(text).toContain('May I Deploy?');
    expect(text).toContain('waits less than a minute');
    const link = entries.first().getByRole('link', { name: 'Deploy' });
    expect(await link.getAttribute('href')).toBe(`/?task=${first}&workspace=order`);
  });

  it('[Inbox] is decided with the keyboard alone: J, K, A, and R with a reason', async () => {
    const [deploy, remove, rename] = await ask('keys', 'Deploy', 'Remove', 'Rename');
    const { tasks } = hub.client('keys');
    const page = await hub.open('/inbox?workspace=keys');
    const selected = page.locator('li[aria-current="true"]');
    await expect.poll(() => selected.getByRole('heading').textContent()).toBe('Deploy');
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    await page.keyboard.press('k');
    expect(await selected.getByRole('heading').textContent()).toBe('Remove');
    await page.keyboard.press('r');
    await page.keyboard.type('Not on a Friday');
    await page.keyboard.press('Control+Enter');
    await expect.poll(() => page.getByRole('listitem').count()).toBe(2);
    expect((await tasks.get(remove!)).approval).toMatchObject({ state: 'rejected', reason: 'Not on a Friday' });
    await expect.poll(() => selected.getByRole('heading').textContent()).toBe('Rename');
    await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe('Rename');
    await page.keyboard.press('a');
    await expect.poll(() => page.getByRole('listitem').count()).toBe(1);
    expect((await tasks.get(rename!)).approval).toMatchObject({ state: 'approved' });
    await expect.poll(() => selected.getByRole('heading').textContent()).toBe('Deploy');
    await page.keyboard.press('r');
    await page.keyboard.press('Escape');
    expect(await page.getByRole('textbox').count()).toBe(0);
    await page.keyboard.press('a');
    await page.getByText('Nothing waits for you').waitFor();
    expect((await tasks.get(deploy!)).approval).toMatchObject({ state: 'approved' });
  });

  it('[Inbox] is decided with a pointer alone, with a comment where one is wanted', async () => {
    const [id] = await ask('pointer', 'Publish');
    const page = await hub.open('/inbox?workspace=pointer', { device: 'phone' });
    await page.getByRole('button', { name: 'Reject or comment…' }).tap();
    expect(await page.getByRole('button', { name: 'Reject', exact: true }).isDisabled()).toBe(true);
    await page.getByRole('textbox', { name: 'Reason or comment' }).fill('Good work');
    await page.getByRole('button', { name: 'Approve with this comment' }).tap();
    await page.getByText('Nothing waits for you').waitFor();
    const { approval } = await hub.client('pointer').tasks.get(id!);
    expect(approval).toMatchObject({ state: 'approved', reason: 'Good work' });
  });

  it('[Inbox] follows what happens elsewhere, and counts in the tab and the navigation of every page', async () => {
    const page = await hub.open('/inbox?workspace=live');
    await page.getByText('Nothing waits for you').waitFor();
    expect(await page.title()).toBe('Inbox · LeanVibe');
    const [first] = await ask('live', 'One', 'Two');
    await expect.poll(() => page.title()).toBe('(2) Inbox · LeanVibe');
    await page.getByRole('link', { name: 'Inbox 2 waiting' }).waitFor();
    await page.getByRole('link', { name: 'Activity' }).click();
    await expect.poll(() => page.title()).toBe('(2) Activity · LeanVibe');
    await colleague('live').tasks.approve(first!);
    await expect.poll(() => page.title()).toBe('(1) Activity · LeanVibe');
  });

  it('[Inbox] selects nothing when somebody else decides about what is selected, so that no key hits another task', async () => {
    const [first, second] = await ask('race', 'First', 'Second');
    const page = await hub.open('/inbox?workspace=race');
    await page.locator('li[aria-current="true"]').waitFor();
    await colleague('race').tasks.reject(first!, { reason: 'No' });
    await expect.poll(() => page.getByRole('listitem').count()).toBe(1);
    await page.keyboard.press('a');
    await page.keyboard.press('j');
    expect((await hub.client('race').tasks.get(second!)).approval).toMatchObject({ state: 'pending' });
    expect(await page.locator('li[aria-current="true"]').getByRole('heading').textContent()).toBe('Second');
  });

  it.each(['light', 'dark'] as const)(
    '[Axe] finds nothing wrong with it, %s, on a desk and a phone',
    async (colorScheme) => {
      await ask(`axe-${colorScheme}`, 'Deploy', 'Delete');
      for (const device of ['desktop', 'phone'] as const) {
        const page = await hub.open(`/inbox?workspace=axe-${colorScheme}`, { device, colorScheme });
        await page.getByRole('listitem').first().waitFor();
        await page.getByRole('button', { name: 'Reject or comment…' }).first().click();
        expect(await axeViolations(page)).toEqual([]);
      }
      const empty = await hub.open('/inbox?workspace=axe-nothing', { colorScheme });
      await empty.getByText('Nothing waits for you').waitFor();
      expect(await axeViolations(empty)).toEqual([]);
    },
  );

  it('[Inbox] says why a decision was refused, and keeps the entry', async () => {
    const [id] = await ask('refused', 'Change me');
    const page = await hub.open('/inbox?workspace=refused', { expects: /503/ });
    await page.getByRole('listitem').waitFor();
    await page.route('**/approve', (route) =>
      route.fulfill({
        status: 503,
        contentType: 'application/problem+json',
        body: JSON.stringify({ code: 'storage-full', status: 503, detail: 'The disk is full.' }),
      }),
    );
    await page.keyboard.press('a');
    await page.getByText('Free some space').first().waitFor();
    expect(await page.getByRole('listitem').getAttribute('aria-current')).toBe('true');
    expect((await hub.client('refused').tasks.get(id!)).approval).toMatchObject({ state: 'pending' });
  });
});
