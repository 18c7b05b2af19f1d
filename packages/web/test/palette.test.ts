import { describe, expect, it } from 'vitest';
import { axeViolations } from './axe.ts';
import { expectTitles, focused, makeTasks, openBoard, slow, titleOf, useAppBrowser } from './board-page-fixture.ts';

const hub = useAppBrowser();

describe('the command palette and the shortcuts', slow, () => {
  it('[Palette] opens with Ctrl-K, finds commands and tasks, and gives the focus back', async () => {
    await makeTasks(hub(), 'palette', ['Write the manual', 'Other']);
    const page = await openBoard(hub(), 'palette');
    await titleOf(page, 'Other').focus();
    await page.keyboard.press('Control+k');
    const palette = page.getByRole('dialog', { name: 'Command palette' });
    await palette.getByRole('combobox').waitFor();
    await page.keyboard.press('Escape');
    await palette.waitFor({ state: 'detached' });
    expect(await focused(page)).toBe('Other');
    await page.keyboard.press('Control+k');
    await page.keyboard.type('manual');
    expect(await palette.getByRole('option').allTextContents()).toEqual(['Write the manualBacklog']);
    await page.keyboard.press('Enter');
    await page.getByRole('dialog', { name: 'Write the manual' }).waitFor();
    await page.keyboard.press('Control+k');
    await page.keyboard.type('new task testing');
    await page.keyboard.press('Enter');
    await expect.poll(() => focused(page)).toBe('New task in Testing');
  });

  it('[Palette] says when nothing fits, and chooses with the pointer', async () => {
    const page = await openBoard(hub(), 'pointer');
    await page.keyboard.press('Control+k');
    const palette = page.getByRole('dialog', { name: 'Command palette' });
    await page.keyboard.type('nothing like this');
    await palette.getByText('Nothing is called that').waitFor();
    await palette.getByRole('combobox').fill('settings');
    await palette.getByRole('option', { name: 'Go to Settings' }).click();
    await expect.poll(() => new URL(page.url()).pathname).toBe('/settings');
    expect(new URL(page.url()).searchParams.get('workspace')).toBe('pointer');
  });

  it('[Shortcuts] lead to the pages, add and search, and stand on a sheet', async () => {
    const page = await openBoard(hub(), 'keys');
    await page.keyboard.press('?');
    const sheet = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
    for (const text of ['Command palette', 'Undo', 'Pick the card up', 'Go to Inbox'])
      await sheet.getByText(text).waitFor();
    await page.keyboard.press('c');
    await page.keyboard.press('Escape');
    await sheet.waitFor({ state: 'detached' });
    await page.keyboard.press('c');
    await page.keyboard.type('c / ? g i');
    await page.keyboard.press('Enter');
    await expectTitles(page, 'Backlog', ['c / ? g i']);
    await page.keyboard.press('Escape');
    await expect.poll(() => focused(page)).toContain('New task in Backlog');
    await page.keyboard.press('g');
    await page.keyboard.press('a');
    await expect.poll(() => new URL(page.url()).pathname).toBe('/activity');
  });

  it('[Shortcuts] pressed alone can be turned off, which those with Ctrl cannot', async () => {
    await makeTasks(hub(), 'off', ['Other']);
    const page = await openBoard(hub(), 'off');
    await page.keyboard.press('?');
    await page.getByRole('switch', { name: 'Single keys' }).uncheck();
    await page.keyboard.press('Escape');
    await titleOf(page, 'Other').focus();
    for (const key of ['x', 'c', 'g', 'i', '?']) await page.keyboard.press(key);
    expect([await focused(page), new URL(page.url()).pathname]).toEqual(['Other', '/']);
    await page.keyboard.press('Control+k');
    await page.getByRole('dialog', { name: 'Command palette' }).waitFor();
  });

  it.each(['light', 'dark'] as const)(
    '[Accessibility] axe finds nothing in menus, palette, sheet and drawer, %s',
    async (colorScheme) => {
      await makeTasks(hub(), 'axe', ['Other']);
      const page = await openBoard(hub(), 'axe', { colorScheme });
      // The first call may have to read the page anew; what is open has to be opened after it.
      expect(await axeViolations(page)).toEqual([]);
      await titleOf(page, 'Other').first().focus();
      await page.keyboard.press('m');
      await page.getByRole('menu').waitFor();
      expect(await axeViolations(page)).toEqual([]);
      await page.keyboard.press('Escape');
      await page.keyboard.press('Control+k');
      await page.getByRole('dialog').waitFor();
      expect(await axeViolations(page)).toEqual([]);
      await page.keyboard.press('Escape');
      await page.keyboard.press('?');
      await page.getByRole('dialog').waitFor();
      expect(await axeViolations(page)).toEqual([]);
      await page.keyboard.press('Escape');
      await titleOf(page, 'Other').first().click();
      await page.getByRole('textbox', { name: 'Title' }).waitFor();
      expect(await axeViolations(page)).toEqual([]);
    },
  );
});
