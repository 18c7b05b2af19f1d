import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import {
  card,
  column,
  expectTitles,
  focused,
  makeTasks,
  openBoard,
  said,
  slow,
  titleOf,
  titlesOnServer,
  useAppBrowser,
} from './board-page-fixture.ts';

const hub = useAppBrowser();

const middleOf = async (page: Page, title: string): Promise<{ x: number; y: number }> => {
  const box = (await card(page, title).boundingBox())!;
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
};

/** Drags with a finger, which Playwright cannot do by itself. */
async function dragWithFinger(
  page: Page,
  from: { x: number; y: number },
  to: { x: number; y: number },
  holdMs: number,
) {
  const session = await page.context().newCDPSession(page);
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', at?: { x: number; y: number }) =>
    session.send('Input.dispatchTouchEvent', { type, touchPoints: at === undefined ? [] : [at] });
  await touch('touchStart', from);
  await page.waitForTimeout(holdMs);
  for (let step = 1; step <= 8; step += 1) {
    await touch('touchMove', { x: from.x + ((to.x - from.x) * step) / 8, y: from.y + ((to.y - from.y) * step) / 8 });
    await page.waitForTimeout(20);
  }
  await touch('touchEnd');
}

describe('moving a card', slow, () => {
  it('[Keyboard] picks up, carries across columns, puts down, and says so after the server has answered', async () => {
    await makeTasks(hub(), 'keys', ['One', 'Two']);
    await makeTasks(hub(), 'keys', ['Three', 'Four'], 'testing');
    const page = await openBoard(hub(), 'keys');
    await titleOf(page, 'Two').focus();
    await page.keyboard.press('Space');
    await expect.poll(() => said(page)).toMatch(/^Picked up Two\. Backlog, 2 of 2\. Arrows move it/);
    await page.keyboard.press('ArrowRight');
    await expect.poll(() => said(page)).toBe('In Progress, 1 of 1.');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowDown');
    await expect.poll(() => said(page)).toBe('Testing, 2 of 3.');
    await expectTitles(page, 'Testing', ['Three', 'Two (being moved)', 'Four']);
    expect(await titlesOnServer(hub(), 'keys', 'backlog')).toEqual(['One', 'Two']);
    const answer = Promise.withResolvers<void>();
    await page.route('**/move', async (route) => {
      await answer.promise;
      await route.continue();
    });
    await page.keyboard.press('Space');
    await expectTitles(page, 'Testing', ['Three', 'Two', 'Four']);
    expect(await said(page)).toBe('Testing, 2 of 3.');
    answer.resolve();
    await expect.poll(() => said(page)).toBe('Moved “Two” to Testing');
    expect(await titlesOnServer(hub(), 'keys', 'testing')).toEqual(['Three', 'Two', 'Four']);
    expect(await focused(page)).toBe('Two');
  });

  it('[Keyboard] leaves the card where it was with Escape and with the tabulator', async () => {
    await makeTasks(hub(), 'leave', ['One', 'Two']);
    const page = await openBoard(hub(), 'leave');
    for (const key of ['Escape', 'Tab']) {
      await titleOf(page, 'Two').focus();
      await page.keyboard.press('Space');
      await page.keyboard.press('ArrowUp');
      await expectTitles(page, 'Backlog', ['Two (being moved)', 'One']);
      await page.keyboard.press(key);
      await expectTitles(page, 'Backlog', ['One', 'Two']);
      expect(await said(page)).toBe('Two stays where it was.');
      expect(await focused(page)).toBe('Two');
    }
    expect(await titlesOnServer(hub(), 'leave', 'backlog')).toEqual(['One', 'Two']);
  });

  it('[Keyboard] goes through the cards with the arrows, and keeps the focus when cards move and go away', async () => {
    const [one, two] = await makeTasks(hub(), 'focus', ['One', 'Two', 'Three']);
    await makeTasks(hub(), 'focus', ['Far'], 'done');
    const page = await openBoard(hub(), 'focus');
    await titleOf(page, 'One').focus();
    await page.keyboard.press('ArrowRight');
    expect(await focused(page)).toBe('Far');
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('End');
    expect(await focused(page)).toBe('Three');
    await page.keyboard.press('Home');
    await hub().client('focus').tasks.move(one!.id, { status: 'testing' });
    await expectTitles(page, 'Testing', ['One']);
    expect(await focused(page)).toBe('One');
    await hub().client('focus').tasks.delete(one!.id);
    await expectTitles(page, 'Testing', []);
    await expect.poll(() => focused(page)).toContain('New task in Testing');
    await titleOf(page, 'Two').focus();
    await hub().client('focus').tasks.delete(two!.id);
    await expect.poll(() => focused(page)).toBe('Three');
    await page.keyboard.press('Delete');
    await expect.poll(() => focused(page)).toContain('New task in Backlog');
    await page.keyboard.press('Control+z');
    await expectTitles(page, 'Backlog', ['Three']);
  });

  it('[Pointer] drags a card between two others of another column, and back by undoing', async () => {
    await makeTasks(hub(), 'mouse', ['One', 'Two']);
    await makeTasks(hub(), 'mouse', ['Three', 'Four'], 'in_progress');
    const page = await openBoard(hub(), 'mouse');
    const [from, to] = [await middleOf(page, 'One'), await middleOf(page, 'Four')];
    await page.mouse.move(from.x, from.y);
    await page.mouse.down();
    await page.mouse.move(from.x + 20, from.y, { steps: 3 });
    await page.mouse.move(to.x, to.y - 8, { steps: 8 });
    await expectTitles(page, 'In Progress', ['Three', 'One (being moved)', 'Four']);
    await page.mouse.up();
    await expectTitles(page, 'In Progress', ['Three', 'One', 'Four']);
    await expect.poll(() => titlesOnServer(hub(), 'mouse', 'in_progress')).toEqual(['Three', 'One', 'Four']);
    expect(await page.locator('[data-task-drawer]').count()).toBe(0);
    await page.keyboard.press('Control+z');
    await expectTitles(page, 'Backlog', ['One', 'Two']);
    await expectTitles(page, 'In Progress', ['Three', 'Four']);
  });

  it('[Pointer] drags with a finger that rests first, while one that does not scrolls', async () => {
    await makeTasks(hub(), 'touch', ['One', 'Two', 'Three']);
    const page = await openBoard(hub(), 'touch', { device: 'phone' });
    const [from, to] = [await middleOf(page, 'One'), await middleOf(page, 'Three')];
    await dragWithFinger(page, from, { ...to, y: to.y + 20 }, 400);
    await expectTitles(page, 'Backlog', ['Two', 'Three', 'One']);
    await expect.poll(() => titlesOnServer(hub(), 'touch', 'backlog')).toEqual(['Two', 'Three', 'One']);
    await dragWithFinger(page, from, { ...to, y: to.y + 20 }, 20);
    await page.waitForTimeout(300);
    expect(await titlesOnServer(hub(), 'touch', 'backlog')).toEqual(['Two', 'Three', 'One']);
  });

  it('[Pointer] moves anywhere with single presses, from the menu of the card', async () => {
    await makeTasks(hub(), 'menu', ['One', 'Two', 'Three']);
    const page = await openBoard(hub(), 'menu', { device: 'phone' });
    const choose = async (title: string, item: string): Promise<void> => {
      await page.getByRole('button', { name: `Actions for ${title}` }).tap();
      await page.getByRole('menuitem', { name: 'Move to…' }).tap();
      await page.getByRole('menu').getByText(item, { exact: true }).tap();
    };
    await choose('Three', 'To the top');
    await expectTitles(page, 'Backlog', ['Three', 'One', 'Two']);
    await choose('Three', 'One down');
    await expectTitles(page, 'Backlog', ['One', 'Three', 'Two']);
    await choose('Three', 'Done');
    await expectTitles(page, 'Done', ['Three']);
    await expect.poll(() => titlesOnServer(hub(), 'menu', 'done')).toEqual(['Three']);
    await page.getByRole('button', { name: 'Undo' }).tap();
    await expectTitles(page, 'Backlog', ['One', 'Three', 'Two']);
  });

  it('[Board] never lets a card jump back while the answer is quicker than the event, or slower', async () => {
    await makeTasks(hub(), 'jump', ['One']);
    const page = await openBoard(hub(), 'jump');
    await titleOf(page, 'One').focus();
    await page.evaluate(() => {
      const seen: string[] = [];
      Object.assign(globalThis, { seen });
      const look = (): void => {
        const place =
          document.querySelector('[data-task-id]')?.closest('[data-column]')?.getAttribute('data-column') ?? 'nowhere';
        if (seen.at(-1) !== place) seen.push(place);
      };
      new MutationObserver(look).observe(document.body, { subtree: true, childList: true });
    });
    for (let round = 0; round < 3; round += 1) {
      await page.keyboard.press('Space');
      await page.keyboard.press('ArrowRight');
      await page.keyboard.press('Space');
    }
    await expect.poll(() => titlesOnServer(hub(), 'jump', 'done')).toEqual(['One']);
    await expectTitles(page, 'Done', ['One']);
    expect(await page.evaluate('seen')).toEqual(['backlog', 'in_progress', 'testing', 'done']);
    expect(await column(page, 'Done').getByText('1', { exact: true }).count()).toBe(1);
  });
});
