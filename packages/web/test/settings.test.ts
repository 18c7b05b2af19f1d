import { createLeanVibeClient } from '@leanvibe/client/leanvibe-client';
import type { Page } from 'playwright-core';
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

const client = (workspace: string, token?: string) =>
  createLeanVibeClient({ baseUrl: hub.url, clientId: workspace, token });

const openSettings = async (workspace: string, options: Parameters<AppBrowser['open']>[1] = {}): Promise<Page> => {
  const page = await hub.open(`/settings?workspace=${workspace}`, options);
  await page.getByRole('region', { name: 'Board rules' }).getByLabel('Testing', { exact: true }).waitFor();
  return page;
};

const part = (page: Page, name: string) => page.getByRole('region', { name, exact: true });

const save = (page: Page, name: string) => part(page, name).getByRole('button', { name: 'Save' }).click();

const theme = (page: Page): Promise<string | undefined> =>
  page.evaluate(() => document.documentElement.dataset['theme']);

describe('appearance', { timeout: pageMs }, () => {
  it('[Settings] shows the app in the theme that is chosen, before anything is drawn the next time', async () => {
    const page = await openSettings('theme');
    for (const [title, name] of [
      ['Dark', 'dark'],
      ['High contrast', 'contrast'],
      ['Light', 'light'],
    ] as const) {
      await page.getByRole('radio', { name: title }).check({ force: true });
      expect(await theme(page)).toBe(name);
    }
    await page.reload();
    await page.locator('#root > *').first().waitFor();
    expect(await theme(page)).toBe('light');
    await page.getByRole('radio', { name: 'As the system' }).check({ force: true });
    expect(await theme(page)).toBeUndefined();
  });

  it('[Settings] keeps the name of the person, and lets single keys be turned off', async () => {
    const { tasks } = hub.client('person');
    const { id } = await tasks.create({ title: 'Ship' });
    await tasks.requestApproval(id, { requested_by: 'claude' });
    const page = await openSettings('person');
    await page.getByRole('textbox', { name: 'Your name' }).fill('Ada');
    await page.getByRole('switch', { name: 'Keys pressed alone' }).uncheck();
    await page.reload();
    expect(await page.getByRole('textbox', { name: 'Your name' }).inputValue()).toBe('Ada');
    await page.getByRole('link', { name: /^Inbox/ }).click();
    await page.getByRole('listitem', { name: 'Ship' }).waitFor();
    await page.keyboard.press('r');
    expect(await page.getByRole('textbox').count()).toBe(0);
  });
});

describe('board rules', { timeout: pageMs }, () => {
  it('[Settings] stores limits, ways and switches, and nothing else', async () => {
    const page = await openSettings('rules');
    const rules = part(page, 'Board rules');
    await rules.getByLabel('Testing', { exact: true }).fill('3');
    await rules.getByRole('checkbox', { name: 'From Backlog to Done' }).uncheck();
    await rules.getByRole('switch', { name: 'Approval before done' }).check();
    await save(page, 'Board rules');
    await page.getByText('The rules of the board are stored.').first().waitFor();
    const stored = await client('rules').tasks.rules.get();
    expect(stored).toMatchObject({ version: 2, require_approval_for_done: true, enforce_dependencies: false });
    expect(stored.columns.testing.wip_limit).toBe(3);
    expect(stored.columns.backlog.allowed_transitions).toEqual(['in_progress', 'testing']);
    expect(stored.columns.testing.allowed_transitions).toBeNull();
    await rules.getByRole('checkbox', { name: 'From Backlog to Done' }).check();
    await save(page, 'Board rules');
    await expect
      .poll(async () => (await client('rules').tasks.rules.get()).columns.backlog.allowed_transitions)
      .toBeNull();
  });

  it('[Settings] does not store half a number, and can be left as it was', async () => {
    const page = await openSettings('wrong');
    const rules = part(page, 'Board rules');
    await rules.getByLabel('Testing', { exact: true }).fill('many');
    await rules.getByText('A whole number from 1').waitFor();
    expect(await rules.getByRole('button', { name: 'Save' }).isDisabled()).toBe(true);
    await rules.getByRole('button', { name: 'Discard the changes' }).click();
    expect(await rules.getByLabel('Testing', { exact: true }).inputValue()).toBe('');
  });

  it('[Settings] lets one choose where somebody else has changed the same meanwhile, and keeps their other changes', async () => {
    const page = await openSettings('conflict', { expects: /412/ });
    const rules = part(page, 'Board rules');
    await rules.getByLabel('Testing', { exact: true }).fill('3');
    await rules.getByLabel('Done', { exact: true }).fill('4');
    const other = client('conflict').tasks.rules;
    await other.update({ enforce_dependencies: true, columns: { testing: { wip_limit: 5 }, done: { wip_limit: 6 } } });
    await save(page, 'Board rules');
    await rules.getByRole('alert').waitFor();
    await rules.getByRole('button', { name: 'Mine: 3' }).click();
    await rules.getByRole('button', { name: 'Theirs: 6' }).click();
    expect(await rules.getByLabel('Done', { exact: true }).inputValue()).toBe('6');
    await save(page, 'Board rules');
    await page.getByText('The rules of the board are stored.').first().waitFor();
    expect(await other.get()).toMatchObject({
      enforce_dependencies: true,
      columns: { testing: { wip_limit: 3 }, done: { wip_limit: 6 } },
    });
  });
});

describe('streams', { timeout: pageMs }, () => {
  it('[Settings] stores what programs receive', async () => {
    const page = await openSettings('streams');
    const streams = part(page, 'Streams');
    await streams.getByRole('checkbox', { name: 'Voice' }).uncheck();
    await streams.getByLabel('Least priority').selectOption('medium');
    await streams.getByLabel('Events per second, at most').fill('50');
    await streams.getByLabel('Least confidence').fill('0.5');
    await streams.getByLabel('Files to leave out').fill('**/dist/**\n\n**/*.log');
    await save(page, 'Streams');
    await page.getByText('The preferences are stored').first().waitFor();
    const stored = await client('streams').preferences.get();
    expect(stored).toMatchObject({
      min_priority: 'medium',
      max_events_per_second: 50,
      custom_filters: { min_confidence: 0.5, exclude_file_patterns: ['**/dist/**', '**/*.log'] },
    });
    expect(stored.enabled_channels).not.toContain('voice');
    expect(stored.enabled_channels).toContain('tasks');
  });
});

describe('who may call', { timeout: pageMs }, () => {
  it('[Settings] makes a token, shows its secret once, lists it and revokes it', async () => {
    const page = await openSettings('tokens');
    await page.getByRole('button', { name: 'New token…' }).click();
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('claude-laptop');
    await page.getByLabel('Expires').selectOption('30');
    await page.keyboard.press('Tab');
    await page.getByRole('button', { name: 'Make the token' }).click();
    const dialog = page.getByRole('dialog', { name: /claude-laptop/ });
    const secret = await dialog.getByRole('region', { name: 'the token' }).textContent();
    const [made] = (await client('tokens').tokens.list()).tokens;
    expect(made).toMatchObject({ name: 'claude-laptop', role: 'agent', admin: false, client_ids: ['tokens'] });
    expect(await client('tokens', secret!).tasks.create({ title: 'By the agent' })).toMatchObject({
      title: 'By the agent',
    });
    expect(await axeViolations(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'I have kept it' }).click();
    expect(await page.content()).not.toContain(secret);
    await page.getByRole('button', { name: 'Revoke claude-laptop' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
    await page.getByText('Revoked and expired (1)').waitFor();
    expect((await client('tokens').tokens.list()).tokens[0]!.revoked_at).not.toBeNull();
  });

  it('[Settings] makes a pairing link with a code for cameras, and says whether a phone can use it', async () => {
    const page = await openSettings('pairing');
    const pairing = part(page, 'Phone and other browsers');
    await pairing.getByText('a phone cannot reach it').waitFor();
    await pairing.getByRole('button', { name: 'Make a pairing link' }).click();
    const link = await pairing.getByRole('region', { name: 'the pairing link' }).textContent();
    expect(link).toMatch(new RegExp(`^${hub.url}/pair\\?code=[\\w-]+$`));
    const code = pairing.getByRole('img', { name: 'Pairing link as a QR code' });
    expect(await code.locator('path').getAttribute('d')).toMatch(/^M4 4h7v1h-7z/);
    const other = await hub.newWindow();
    const paired = await other.newPage();
    await paired.goto(link!);
    await paired.getByRole('navigation', { name: 'Pages' }).waitFor();
    expect((await other.cookies()).map(({ name }) => name)).toEqual(['leanvibe_session']);
  });

  it('[Settings] lists what is connected, this browser among it', async () => {
    const page = await openSettings('connected');
    const row = part(page, 'Connections').getByRole('listitem').filter({ hasText: 'this browser' });
    await row.waitFor();
    expect(await row.textContent()).toMatch(/Browser.*connected.*WebSocket/);
  });
});

describe('export and import', { timeout: pageMs }, () => {
  const choose = (page: Page, name: string, content: unknown) =>
    page.getByLabel('File to import').setInputFiles({
      name,
      mimeType: 'application/json',
      buffer: Buffer.from(typeof content === 'string' ? content : JSON.stringify(content)),
    });

  it('[Settings] exports as JSON and CSV under the name of the workspace', async () => {
    await hub.client('export').tasks.create({ title: 'Ship' });
    const page = await openSettings('export');
    for (const [title, name] of [
      ['Export as JSON', /^leanvibe-export-.*\.json$/],
      ['Export as CSV', /\.csv$/],
    ] as const) {
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('link', { name: title }).click(),
      ]);
      expect(download.suggestedFilename()).toMatch(name);
    }
  });

  it('[Settings] shows what an import would bring, by column, and what is there already, before it is done', async () => {
    const { tasks } = client('import');
    const there = await tasks.create({ title: 'There already' });
    const page = await openSettings('import');
    await choose(page, 'tasks.json', {
      [there.id]: { title: 'Again' },
      'task-1': { title: 'One', status: 'TaskStatus.IN_PROGRESS' },
      'task-2': { name: 'Two', status: 'completed' },
    });
    const preview = page.getByRole('region', { name: 'Preview of tasks.json' });
    await preview.waitFor();
    expect(await preview.textContent()).toMatch(
      /2 tasksBacklog0In Progress1Testing0Done1.*1 task of the file is on the board.*There already/,
    );
    expect((await tasks.board()).total_tasks).toBe(1);
    expect(await axeViolations(page)).toEqual([]);
    await preview.getByRole('button', { name: 'Import 2 tasks' }).click();
    await page.getByText('Imported 2 tasks from tasks.json.').first().waitFor();
    const titles = (await tasks.list()).tasks.map(({ title }) => title);
    expect(titles.toSorted()).toEqual(['One', 'There already', 'Two']);
  });

  it('[Settings] names everything that is wrong with a file, and imports nothing of it', async () => {
    const page = await openSettings('bad-import', { expects: /400/ });
    await choose(page, 'bad.json', { a: { title: 'Good' }, b: { title: '' }, c: { title: 'C', status: 'somewhere' } });
    const refusal = part(page, 'Export and import').getByRole('alert');
    await refusal.waitFor();
    expect(await refusal.getByRole('listitem').allTextContents()).toEqual([
      expect.stringContaining('tasks.b.title'),
      expect.stringContaining('tasks.c.status'),
    ]);
    await choose(page, 'broken.json', '{');
    await page.getByText('The file is not JSON').waitFor();
    expect((await client('bad-import').tasks.board()).total_tasks).toBe(0);
  });
});

describe('about', { timeout: pageMs }, () => {
  it('[Settings] says how each part of the server does, and whether a mirror is kept', async () => {
    const page = await openSettings('about');
    const about = part(page, 'About');
    await about.getByText(/LeanVibe \d/).waitFor();
    const health = await client('about').health();
    for (const name of Object.keys(health.components))
      expect(await about.getByText(name, { exact: true }).count()).toBe(1);
    expect(await about.getByRole('listitem').filter({ hasText: 'Mirror' }).textContent()).toContain('Not kept');
  });

  it.each(['light', 'dark'] as const)(
    '[Axe] finds nothing wrong with the settings, %s, on a desk and a phone',
    async (colorScheme) => {
      for (const device of ['desktop', 'phone'] as const) {
        const page = await openSettings('axe', { device, colorScheme });
        await page.getByRole('button', { name: 'Make a pairing link' }).click();
        await page.getByRole('img', { name: 'Pairing link as a QR code' }).waitFor();
        await part(page, 'About')
          .getByText(/LeanVibe \d/)
          .waitFor();
        expect(await axeViolations(page)).toEqual([]);
        expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
        await page.getByRole('button', { name: 'New token…' }).click();
        expect(await axeViolations(page)).toEqual([]);
      }
    },
  );
});
