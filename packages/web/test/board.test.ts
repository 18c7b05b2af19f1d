import { describe, expect, it } from 'vitest';
import { axeViolations } from './axe.ts';
import {
  asHuman,
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

describe('the board', slow, () => {
  it('[Board] shows four columns, and on the cards what matters', async () => {
    const { tasks } = hub().client('shown');
    const other = await tasks.create({ title: 'Other', status: 'in_progress' });
    const { id } = await tasks.create({
      title: 'Everything',
      priority: 'critical',
      assigned_to: 'Ada Lovelace',
      tags: ['a', 'b', 'c', 'd'],
      confidence_score: 0.82,
      due_at: '2020-01-02T03:04:05Z',
      depends_on: [other.id],
    });
    await tasks.requestApproval(id, { requested_by: 'claude' });
    const page = await openBoard(hub(), 'shown');
    expect(await page.getByRole('heading', { level: 2 }).allTextContents()).toEqual([
      'Backlog',
      'In Progress',
      'Testing',
      'Done',
    ]);
    const everything = card(page, 'Everything');
    await everything.waitFor();
    const text = (await everything.textContent()) ?? '';
    for (const part of ['Blocked', 'Waits for approval', '2020', '82 %', 'a', '+1']) expect(text).toContain(part);
    await everything.getByRole('img', { name: 'Priority: Critical' }).waitFor();
    await everything.getByRole('img', { name: 'Ada Lovelace' }).waitFor();
    expect(await axeViolations(page)).toEqual([]);
  });

  it('[Board] shows in one window what happens in another and elsewhere', async () => {
    const [first, second] = [await openBoard(hub(), 'two'), await openBoard(hub(), 'two')];
    await first.getByRole('button', { name: 'New task in Backlog' }).click();
    await first.keyboard.type('From the first window');
    await first.keyboard.press('Enter');
    await expectTitles(second, 'Backlog', ['From the first window']);
    const [task] = await makeTasks(hub(), 'two', ['From a program'], 'done');
    await Promise.all([first, second].map((page) => expectTitles(page, 'Done', ['From a program'])));
    await hub().client('two').tasks.delete(task!.id);
    await Promise.all([first, second].map((page) => expectTitles(page, 'Done', [])));
  });

  it('[Board] says who else is here', async () => {
    const first = await openBoard(hub(), 'here');
    await openBoard(hub(), 'here');
    const here = first.getByRole('button', { name: /2 connected/ });
    await here.waitFor({ timeout: 30_000 });
    await here.click();
    expect(await first.getByRole('menuitem').count()).toBe(2);
    await first.getByText('(this browser)').waitFor();
    await first.keyboard.press('Escape');
    expect(await focused(first)).toMatch(/2 connected/);
  });

  it('[Quick add] adds with Enter, one after the other, reads the marks, and leaves with Escape', async () => {
    const page = await openBoard(hub(), 'add');
    await page.getByRole('button', { name: 'New task in Testing' }).click();
    await page.keyboard.type('Write the manual !high #docs @claude');
    await column(page, 'Testing').getByText('@claude').waitFor();
    await page.keyboard.press('Enter');
    await page.keyboard.type('Second');
    await page.keyboard.press('Enter');
    await expectTitles(page, 'Testing', ['Write the manual', 'Second']);
    await page.keyboard.press('Escape');
    await expect.poll(() => focused(page)).toContain('New task in Testing');
    await expect.poll(() => titlesOnServer(hub(), 'add', 'testing')).toEqual(['Write the manual', 'Second']);
    const { columns } = await hub().client('add').tasks.board();
    expect(columns[2]!.tasks[0]).toMatchObject({ priority: 'high', tags: ['docs'], assigned_to: 'claude' });
  });

  it('[Board] shows limits, takes a refused move back, and says why', async () => {
    await makeTasks(hub(), 'full', ['Fits'], 'testing');
    await makeTasks(hub(), 'full', ['Too many']);
    await asHuman(hub(), 'full').tasks.rules.update({ columns: { testing: { wip_limit: 1 } } });
    const page = await openBoard(hub(), 'full', { expects: /409/ });
    await column(page, 'Testing').getByText('1 / 1').waitFor();
    await titleOf(page, 'Too many').focus();
    await page.keyboard.press('Space');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Space');
    await expect.poll(() => said(page)).toMatch(/Move a task out of the column first/);
    await page
      .getByRole('region', { name: 'Messages' })
      .getByText(/raise its limit/)
      .waitFor();
    await expectTitles(page, 'Backlog', ['Too many']);
    expect(await focused(page)).toBe('Too many');
  });

  it('[Filter] searches and filters, says so in the address, and opens as the address says', async () => {
    const { tasks } = hub().client('filter');
    await tasks.create({ title: 'Write the manual', priority: 'high', tags: ['docs'] });
    await tasks.create({ title: 'Read the manual', assigned_to: 'sam' });
    await tasks.create({ title: 'Something else', priority: 'high' });
    const page = await openBoard(hub(), 'filter');
    await page.keyboard.press('/');
    await page.keyboard.type('manual');
    await expectTitles(page, 'Backlog', ['Write the manual', 'Read the manual']);
    await page.getByRole('button', { name: 'Filter', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Priority' }).click();
    await page.getByRole('menuitemcheckbox', { name: 'High' }).click();
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await expectTitles(page, 'Backlog', ['Write the manual']);
    expect(new URL(page.url()).search).toBe('?workspace=filter&q=manual&priority=high');
    await column(page, 'Backlog').getByText('1 of 3').waitFor();
    await page.reload();
    await expectTitles(page, 'Backlog', ['Write the manual']);
    await page.getByRole('button', { name: 'Remove the filter Priority: High' }).press('Enter');
    expect(await page.getByRole('searchbox').evaluate((field) => field === document.activeElement)).toBe(true);
    await expectTitles(page, 'Backlog', ['Write the manual', 'Read the manual']);
    await page.getByRole('searchbox').press('Escape');
    await expectTitles(page, 'Backlog', ['Write the manual', 'Read the manual', 'Something else']);
  });

  it('[Bulk] chooses with the keys alone', async () => {
    await makeTasks(hub(), 'bulk', ['One', 'Two', 'Three', 'Four']);
    const page = await openBoard(hub(), 'bulk');
    await titleOf(page, 'One').focus();
    await page.keyboard.press('x');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Shift+ArrowDown');
    const bar = page.getByRole('toolbar', { name: 'Selected tasks' });
    await bar.getByText('3 selected').waitFor();
    expect(await focused(page)).toBe('Three');
    await page.keyboard.press('Escape');
    await bar.waitFor({ state: 'detached' });
    expect(await focused(page)).toBe('Three');
  });

  it('[Bulk] moves, tags and deletes what is chosen, and takes it back', async () => {
    await makeTasks(hub(), 'many', ['One', 'Two', 'Three', 'Four']);
    const page = await openBoard(hub(), 'many');
    for (const title of ['One', 'Two', 'Three']) await titleOf(page, title).click({ modifiers: ['Control'] });
    const bar = page.getByRole('toolbar', { name: 'Selected tasks' });
    await bar.getByRole('button', { name: 'Move to' }).click();
    await page.getByRole('menuitem', { name: 'In Progress' }).click();
    await expectTitles(page, 'In Progress', ['One', 'Two', 'Three']);
    await expect.poll(() => said(page)).toBe('Moved 3 tasks to In Progress');
    await bar.getByRole('button', { name: 'Tag' }).click();
    await page.keyboard.type('sprint');
    await page.keyboard.press('Enter');
    await card(page, 'Three').getByText('sprint').waitFor();
    await bar.getByRole('button', { name: 'Delete' }).click();
    await expectTitles(page, 'In Progress', []);
    await expect.poll(() => focused(page)).toBe('Four');
    await expect.poll(() => titlesOnServer(hub(), 'many', 'in_progress')).toEqual([]);
    await page.getByRole('button', { name: 'Undo' }).click();
    await expectTitles(page, 'In Progress', ['One', 'Two', 'Three']);
    await expect.poll(() => said(page)).toBe('Undone: Deleted 3 tasks');
    await page.keyboard.press('Control+z');
    await expect.poll(() => card(page, 'Three').getByText('sprint').count()).toBe(0);
    await page.keyboard.press('Control+z');
    await expectTitles(page, 'Backlog', ['One', 'Two', 'Three', 'Four']);
  });
});
