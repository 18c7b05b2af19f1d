import { describe, expect, it } from 'vitest';
import { statuses } from '../src/hub/task-values.ts';
import { column, focused, openBoard, slow, titleOf, titlesOnServer, useAppBrowser } from './board-page-fixture.ts';

const hub = useAppBrowser();

const tasksPerColumn = 1250;

describe('a board with 5,000 tasks', slow, () => {
  it('[Board] draws only the cards in sight, wherever one looks, and keeps the one that has the focus', async () => {
    const { tasks } = hub().client('many');
    for (const status of statuses) {
      for (let start = 0; start < tasksPerColumn; start += 625) {
        const operations = Array.from({ length: 625 }, (_, index) => ({
          op: 'create' as const,
          title: `${status} ${start + index}`,
          status,
        }));
        await tasks.bulk({ operations, atomic: true });
      }
    }
    const page = await openBoard(hub(), 'many');
    const drawn = () => page.locator('[data-task-id]').count();
    await column(page, 'Backlog').getByText('1250', { exact: true }).waitFor();
    await titleOf(page, 'backlog 0').focus();
    expect(await drawn()).toBeLessThan(150);

    await column(page, 'Backlog')
      .locator('[data-column-cards]')
      .evaluate((cards) => (cards.scrollTop = cards.scrollHeight));
    await titleOf(page, 'backlog 1249').waitFor();
    expect(await focused(page)).toBe('backlog 0');
    await page.keyboard.press('End');
    expect(await focused(page)).toBe('backlog 1249');
    await page.keyboard.press('ArrowRight');
    expect(await focused(page)).toBe('in_progress 1249');
    expect(await titleOf(page, 'in_progress 1249').isVisible()).toBe(true);
    expect(await drawn()).toBeLessThan(200);

    await page.keyboard.press('Space');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Home');
    await page.keyboard.press('Space');
    await expect.poll(async () => (await titlesOnServer(hub(), 'many', 'testing'))[0]).toBe('in_progress 1249');
    expect(await focused(page)).toBe('in_progress 1249');

    await page.keyboard.press('/');
    await page.keyboard.type('done 77');
    await titleOf(page, 'done 777').waitFor();
    await column(page, 'Done').getByText('21 of 1250').waitFor();
  });
});
