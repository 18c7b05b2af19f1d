import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { axeViolations } from './axe.ts';
import {
  asHuman,
  expectTitles,
  focused,
  makeTasks,
  openBoard,
  said,
  slow,
  titleOf,
  useAppBrowser,
} from './board-page-fixture.ts';

const hub = useAppBrowser();

const drawer = (page: Page) => page.locator('[data-task-drawer]');

async function openTask(workspace: string, body: { title: string } & Record<string, unknown>, window = {}) {
  const task = await hub().client(workspace).tasks.create(body);
  const page = await openBoard(hub(), workspace, window);
  await titleOf(page, body.title).click();
  await drawer(page).getByRole('textbox', { name: 'Title' }).waitFor();
  return { page, id: task.id, read: () => hub().client(workspace).tasks.get(task.id) };
}

describe('the drawer of a task', slow, () => {
  it('[Drawer] stands in the address, takes the focus, and gives it back to the card', async () => {
    const { page, id } = await openTask('address', { title: 'Manual' });
    expect(new URL(page.url()).searchParams.get('task')).toBe(id);
    expect(await axeViolations(page)).toEqual([]);
    await drawer(page).getByRole('textbox', { name: 'Title' }).waitFor();
    await page.keyboard.press('Escape');
    await drawer(page).waitFor({ state: 'detached' });
    expect(new URL(page.url()).search).toBe('?workspace=address');
    await expect.poll(() => focused(page)).toBe('Manual');
    await page.goBack();
    await drawer(page).waitFor();
  });

  it('[Drawer] changes every field, each at once, and undoes each', async () => {
    const { page, read } = await openTask('fields', { title: 'Before' });
    const field = (name: string) => drawer(page).getByLabel(name, { exact: true });
    await field('Title').fill('After');
    await page.keyboard.press('Enter');
    await field('Column').selectOption('In Progress');
    await field('Priority').selectOption('Critical');
    await field('Assignee').fill('claude');
    await field('Due').fill('2027-01-02T03:04');
    await field('Estimate, hours').fill('1.5');
    await field('Spent, hours').fill('2');
    await field('Confidence, %').fill('75');
    await field('Tags').fill('#docs');
    await page.keyboard.press('Enter');
    const due = await page.evaluate(() => new Date('2027-01-02T03:04').toISOString());
    await expect.poll(read).toMatchObject({
      title: 'After',
      status: 'in_progress',
      priority: 'critical',
      assigned_to: 'claude',
      due_at: due,
      estimated_hours: 1.5,
      actual_hours: 2,
      confidence_score: 0.75,
      tags: ['docs'],
    });
    await drawer(page).getByRole('button', { name: 'Remove the tag docs' }).click();
    await expect.poll(read).toMatchObject({ tags: [] });
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect.poll(read).toMatchObject({ tags: ['docs'] });
    await expectTitles(page, 'In Progress', ['After']);
    await drawer(page).getByText('Metadata', { exact: true }).click();
    await field('Metadata as JSON').fill('{"pull": 7');
    await drawer(page)
      .getByText(/not valid JSON/)
      .waitFor();
    await field('Metadata as JSON').fill('{"pull": 7}');
    await field('Metadata as JSON').blur();
    await expect.poll(read).toMatchObject({ metadata: { pull: 7 } });
    await drawer(page).getByText('changed the priority from Medium to Critical').waitFor();
  });

  it('[Drawer] writes Markdown with a preview, and shows hostile text as what it is', async () => {
    const hostile = [
      '# Heading',
      '<script>globalThis.hacked = 1</script><img src=x onerror="globalThis.hacked = 2">',
      '<div style="position:fixed;inset:0">cover</div>',
      '[a](javascript:globalThis.hacked=3) [b](data:text/html,x) ![c](https://example.org/pixel.png) [fine](https://example.org/)',
      '- [x] done',
    ].join('\n\n');
    const { page, read } = await openTask('markdown', { title: '<b onclick="globalThis.hacked=4">Title</b>' });
    await drawer(page).getByRole('button', { name: 'Edit' }).click();
    await page.keyboard.type('**bold**');
    await drawer(page).getByRole('button', { name: 'Preview' }).click();
    await drawer(page).locator('strong', { hasText: 'bold' }).waitFor();
    await drawer(page).getByRole('button', { name: 'Write' }).click();
    await drawer(page)
      .getByRole('textbox', { name: /Description/ })
      .fill(hostile);
    await page.keyboard.press('Control+Enter');
    await drawer(page).getByRole('heading', { name: 'Heading' }).waitFor();
    await expect.poll(async () => (await read()).description).toBe(hostile);
    const section = drawer(page).getByRole('region', { name: 'Description' });
    expect(await section.locator('script, img, [style], [onerror]').count()).toBe(0);
    expect(
      await section.getByRole('link').evaluateAll((links) => links.map((link) => link.getAttribute('href'))),
    ).toEqual(['https://example.org/pixel.png', 'https://example.org/']);
    expect(await section.textContent()).toContain('<script>globalThis.hacked = 1</script>');
    expect(await page.evaluate('globalThis.hacked')).toBeUndefined();
  });

  it('[Drawer] loses nothing that was written when it is closed or another task is opened', async () => {
    const [other] = await makeTasks(hub(), 'closing', ['Other']);
    const { page, read } = await openTask('closing', { title: 'Draft' });
    await drawer(page).getByRole('button', { name: 'Edit' }).click();
    await page.keyboard.type('Half a sentence');
    await titleOf(page, 'Other').click();
    await expect.poll(read).toMatchObject({ description: 'Half a sentence' });
    const title = page.getByRole('dialog', { name: 'Other' }).getByRole('textbox', { name: 'Title' });
    await title.fill('Another');
    await page.keyboard.press('Escape');
    await expect.poll(() => hub().client('closing').tasks.get(other!.id)).toMatchObject({ title: 'Another' });
    await expect.poll(() => focused(page)).toBe('Another');
  });

  it('[Drawer] gives the focus to the next card when its task was deleted from it', async () => {
    await makeTasks(hub(), 'next', ['One', 'Two', 'Three'], 'testing');
    const page = await openBoard(hub(), 'next');
    await titleOf(page, 'Two').click();
    await drawer(page).getByRole('button', { name: 'Delete the task' }).click();
    await expectTitles(page, 'Testing', ['One', 'Three']);
    await expect.poll(() => focused(page)).toBe('Three');
  });

  it('[Drawer] asks for approval, rejects with a reason, asks again and approves', async () => {
    const { page, read } = await openTask('approval', { title: 'Deploy' });
    const section = drawer(page).getByRole('region', { name: 'Approval' });
    await section.getByRole('button', { name: 'Ask for approval' }).click();
    await page.keyboard.type('May I?');
    await section.getByRole('button', { name: 'Ask for approval' }).click();
    await section.getByText('May I?').waitFor();
    await section.getByRole('button', { name: /^Reject/ }).click();
    await page.keyboard.type('Not today');
    await section.getByRole('button', { name: 'Reject', exact: true }).click();
    await section.getByText('Not today').waitFor();
    await expect.poll(read).toMatchObject({ approval: { state: 'rejected', reason: 'Not today' } });
    await section.getByRole('button', { name: 'Ask again' }).click();
    await section.getByRole('button', { name: 'Ask for approval' }).click();
    await section.getByRole('button', { name: /^Approve/ }).click();
    await expect.poll(read).toMatchObject({ approval: { state: 'approved' } });
    await expect.poll(() => focused(page)).toBe('Deploy');
    await drawer(page).getByText('rejected it: Not today').waitFor();
  });

  it('[Drawer] ties tasks together, and explains a circle', async () => {
    const [other] = await makeTasks(hub(), 'depend', ['Other']);
    const { page, id, read } = await openTask('depend', { title: 'Release' }, { expects: /409/ });
    await drawer(page).getByRole('button', { name: 'Add', exact: true }).click();
    await page.keyboard.type('oth');
    await page.keyboard.press('Enter');
    await expect.poll(read).toMatchObject({ depends_on: [other!.id] });
    await drawer(page).getByRole('button', { name: 'Other', exact: true }).click();
    await drawer(page).getByRole('heading', { name: 'Waiting for this' }).waitFor();
    await drawer(page).getByRole('button', { name: 'Add', exact: true }).click();
    await page.keyboard.type('release');
    await page.keyboard.press('Enter');
    await expect.poll(() => said(page)).toBe('The task “Other” would wait, even indirectly, for itself.');
    expect((await hub().client('depend').tasks.get(other!.id)).depends_on).toEqual([]);
    await drawer(page).getByRole('button', { name: 'Release', exact: true }).click();
    await drawer(page).getByRole('button', { name: 'Do not wait for Other' }).click();
    await expect.poll(() => hub().client('depend').tasks.get(id)).toMatchObject({ depends_on: [] });
  });

  it('[Drawer] deletes, and brings back by undoing; says when others have deleted', async () => {
    const { page, id } = await openTask('delete', { title: 'Gone' });
    await drawer(page).getByRole('button', { name: 'Delete the task' }).click();
    await expectTitles(page, 'Backlog', []);
    await expect.poll(() => focused(page)).toContain('New task in Backlog');
    await page.getByRole('button', { name: 'Undo' }).click();
    await expectTitles(page, 'Backlog', ['Gone']);
    await expect.poll(() => focused(page)).toContain('New task in Backlog');
    await titleOf(page, 'Gone').click();
    await drawer(page).getByRole('textbox', { name: 'Title' }).waitFor();
    await hub().client('delete').tasks.delete(id);
    await drawer(page).getByText('This task was deleted').waitFor();
    await drawer(page).getByRole('button', { name: 'Restore it' }).click();
    await drawer(page).getByRole('textbox', { name: 'Title' }).waitFor();
    await expectTitles(page, 'Backlog', ['Gone']);
  });

  it('[Conflict] shows both versions field by field', async () => {
    const { page, id } = await openTask('conflict', { title: 'Before' }, { expects: /412/ });
    // The first look at a page may read it anew, which would close the dialog.
    expect(await axeViolations(page)).toEqual([]);
    const title = drawer(page).getByRole('textbox', { name: 'Title' });
    await title.fill('Mine');
    await asHuman(hub(), 'conflict').tasks.update(id, { title: 'Theirs', priority: 'high' });
    await expectTitles(page, 'Backlog', ['Theirs']);
    expect(await title.inputValue()).toBe('Mine');
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Somebody else has changed this task' });
    await dialog.waitFor();
    const choices = dialog.getByRole('group', { name: 'the title' }).getByRole('radio');
    expect(await choices.evaluateAll((radios) => radios.map((radio) => radio.parentElement?.textContent))).toEqual([
      'TheirsTheirs',
      'MineMine',
    ]);
    expect(await axeViolations(page)).toEqual([]);
    expect(await dialog.isVisible()).toBe(true);
  });

  it('[Conflict] saves mine or theirs, and merges by itself what does not collide', async () => {
    const { page, id, read } = await openTask('merge', { title: 'Before' }, { expects: /412/ });
    const title = drawer(page).getByRole('textbox', { name: 'Title' });
    await title.fill('Mine');
    await asHuman(hub(), 'merge').tasks.update(id, { title: 'Theirs' });
    await title.press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Somebody else has changed this task' });
    await dialog.getByRole('radio', { name: /Mine/ }).check();
    await dialog.getByRole('button', { name: 'Save what is chosen' }).click();
    await expect.poll(read).toMatchObject({ title: 'Mine' });
    await title.fill('Mine again');
    await asHuman(hub(), 'merge').tasks.update(id, { priority: 'critical' });
    await title.press('Enter');
    await expect.poll(read).toMatchObject({ title: 'Mine again', priority: 'critical' });
    expect(await dialog.count()).toBe(0);
  });
});
