import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { axeViolations } from './axe.ts';
import { openBoard, slow, useAppBrowser } from './board-page-fixture.ts';

const hub = useAppBrowser();

const firstSteps = 'Nothing on this board yet';

describe('the first run', slow, () => {
  it('[First run] teaches with three example tasks, which delete themselves once there is an own one', async () => {
    const page = await openBoard(hub(), 'examples');
    await page.getByRole('button', { name: 'Add three examples' }).click();
    await page.getByRole('region', { name: 'Example tasks' }).waitFor();
    const { tasks } = hub().client('examples');
    const { tasks: examples } = await tasks.list();
    expect(examples.map(({ title }) => title)).toEqual([
      'Move me to In Progress',
      'Change me: who does it, until when, what it waits for',
      'Approve me in the inbox',
    ]);
    await page.getByRole('link', { name: 'Inbox 1 waiting' }).waitFor();
    const own = await tasks.create({ title: 'My own' });
    await expect.poll(async () => (await tasks.list()).tasks.map(({ id }) => id)).toEqual([own.id]);
    await page.getByRole('region', { name: 'Example tasks' }).waitFor({ state: 'detached' });
    await tasks.delete(own.id);
    await page.getByRole('region', { name: firstSteps }).waitFor();
  });

  it('[First run] takes the examples away at once when they are not wanted, and does not come back', async () => {
    const page = await openBoard(hub(), 'dismissed');
    await page.getByRole('button', { name: 'Add three examples' }).click();
    await page.getByRole('button', { name: 'Remove them now' }).click();
    await expect.poll(async () => (await hub().client('dismissed').tasks.board()).total_tasks).toBe(0);
    await page.reload();
    await page.locator('[data-board]').waitFor();
    expect(await page.getByRole('region', { name: firstSteps }).count()).toBe(0);
  });

  it('[First run] can be sent away before anything was done', async () => {
    const page = await openBoard(hub(), 'sent-away');
    await page.getByRole('button', { name: 'Do not show this again' }).click();
    await page.getByRole('region', { name: firstSteps }).waitFor({ state: 'detached' });
    await page.reload();
    await page.locator('[data-board]').waitFor();
    expect(await page.getByRole('region', { name: firstSteps }).count()).toBe(0);
  });

  it('[First run] imports a file that is dropped, after showing what is in it', async () => {
    const page = await openBoard(hub(), 'dropped');
    const transfer = await page.evaluateHandle(() => {
      const data = new DataTransfer();
      data.items.add(new File([JSON.stringify({ 'task-1': { name: 'From before', status: 'doing' } })], 'tasks.json'));
      return data;
    });
    const place = page.getByText('Or drop it here.');
    await place.dispatchEvent('dragover', { dataTransfer: transfer });
    await place.dispatchEvent('drop', { dataTransfer: transfer });
    const preview = page.getByRole('region', { name: 'Preview of tasks.json' });
    await preview.getByRole('button', { name: 'Import 1 task' }).click();
    await page.getByText('From before').first().waitFor();
    expect(await page.getByRole('region', { name: firstSteps }).count()).toBe(0);
  });

  it('[First run] gives commands that carry the real address and workspace, and work as they stand', async () => {
    const page = await openBoard(hub(), 'commands');
    await page.getByRole('button', { name: 'A script' }).click();
    const command = await page.getByRole('region', { name: 'the command that creates a task' }).textContent();
    expect(command).toContain(`${hub().url}/tasks/commands`);
    await page.getByRole('button', { name: 'An agent' }).click();
    const instructions = await page.getByRole('region', { name: 'the instructions' }).textContent();
    expect(instructions).toContain(`${hub().url}/tasks/commands/board`);
    await page.getByRole('button', { name: 'A phone' }).click();
    const link = page.getByRole('link', { name: 'the one in the settings' });
    expect(await link.getAttribute('href')).toBe('/settings?workspace=commands#phone');
    await promisify(execFile)('sh', ['-c', command!]);
    await page.getByText('From a script').first().waitFor();
  });

  it('[First run] copies a command', async () => {
    const page = await openBoard(hub(), 'clip');
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.getByRole('button', { name: 'An agent' }).click();
    await page.getByRole('button', { name: 'Copy the instructions' }).click();
    await page.getByRole('button', { name: 'Copied' }).waitFor();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toContain(`workspace \`clip\``);
  });

  it('[First run] copies a command also where the browser offers no clipboard, as on a plain http address', async () => {
    const context = await hub().newWindow();
    await context.addInitScript(() =>
      Object.defineProperty(Navigator.prototype, 'clipboard', { get: () => undefined }),
    );
    const page = await context.newPage();
    await page.goto(`${hub().url}/?workspace=plain`);
    await page.getByRole('button', { name: 'A phone' }).click();
    await page.getByRole('button', { name: 'Copy the command' }).click();
    const copied = page.getByRole('button', { name: 'Copied' });
    await copied.waitFor();
    expect(await copied.evaluate((button) => button === document.activeElement)).toBe(true);
    await page.getByRole('searchbox').click();
    await page.keyboard.press('Control+v');
    await expect.poll(() => page.getByRole('searchbox').inputValue()).toBe('leanvibe serve --host 0.0.0.0');
  });

  it.each(['light', 'dark'] as const)(
    '[Axe] finds nothing wrong with it, %s, on a desk and a phone',
    async (colorScheme) => {
      for (const device of ['desktop', 'phone'] as const) {
        const page = await openBoard(hub(), `axe-${colorScheme}-${device}`, { device, colorScheme });
        await page.getByRole('button', { name: 'A script' }).click();
        expect(await axeViolations(page)).toEqual([]);
        expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
        await page.getByRole('button', { name: 'Add three examples' }).click();
        await page.getByRole('region', { name: 'Example tasks' }).waitFor();
        expect(await axeViolations(page)).toEqual([]);
      }
    },
  );
});
