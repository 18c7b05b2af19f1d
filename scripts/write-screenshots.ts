// Makes the pictures of the web app that the README and the guides show: a real server with a board that somebody works on.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium, type Browser } from 'playwright-core';
import { createLeanVibeClient } from '@leanvibe/client/leanvibe-client';
import { readConfig } from '@leanvibe/server/config';
import { createApp } from '@leanvibe/server/create-app';
import { browserFlags, ensureBrowser } from './ensure-browser.ts';

type Picture = { name: string; path: string; width: number; height: number; scheme: 'light' | 'dark' };

const desk = { width: 1280, height: 760 } as const;
const pictures: readonly Picture[] = [
  { name: 'board-light', path: '/', ...desk, scheme: 'light' },
  { name: 'board-dark', path: '/', ...desk, scheme: 'dark' },
  { name: 'board-phone', path: '/', width: 390, height: 760, scheme: 'light' },
  { name: 'inbox', path: '/inbox', ...desk, scheme: 'light' },
  { name: 'activity', path: '/activity', ...desk, scheme: 'light' },
];

const folder = fileURLToPath(new URL('../docs/images/', import.meta.url));
const webDir = fileURLToPath(new URL('../packages/web/dist', import.meta.url));

async function fill(baseUrl: string): Promise<void> {
  const ada = createLeanVibeClient({ baseUrl, clientId: 'default', actor: 'human:ada' });
  const claude = createLeanVibeClient({ baseUrl, clientId: 'default', actor: 'agent:claude' });
  const login = await ada.tasks.create({
    title: 'Fix the login on Safari',
    priority: 'critical',
    tags: ['bug', 'auth'],
    assigned_to: 'claude',
  });
  const notes = await ada.tasks.create({
    title: 'Write the release notes',
    priority: 'medium',
    tags: ['docs'],
    assigned_to: 'ada',
  });
  await ada.tasks.create({ title: 'Announce the release', priority: 'low', tags: ['docs'], depends_on: [notes.id] });
  await ada.tasks.create({
    title: 'Draw the empty states',
    priority: 'low',
    tags: ['ui'],
    due_at: '2026-12-04T12:00:00Z',
  });
  await ada.tasks.create({
    title: 'Replace the date picker',
    priority: 'high',
    tags: ['ui', 'accessibility'],
    assigned_to: 'codex',
    status: 'in_progress',
    confidence_score: 0.64,
  });
  const keys = await ada.tasks.create({
    title: 'Rotate the signing keys',
    priority: 'high',
    tags: ['security'],
    assigned_to: 'claude',
    confidence_score: 0.92,
  });
  const imports = await ada.tasks.create({
    title: 'Speed up the import of large boards',
    priority: 'medium',
    tags: ['performance'],
    assigned_to: 'codex',
  });
  await claude.tasks.move(login.id, { status: 'in_progress' });
  await claude.tasks.move(keys.id, { status: 'testing' });
  await claude.tasks.requestApproval(keys.id, {
    requested_by: 'claude',
    note: 'All services accept both keys; the old one can go.',
  });
  await claude.tasks.move(imports.id, { status: 'done' });
}

async function take(browser: Browser, baseUrl: string, { name, path, width, height, scheme }: Picture): Promise<void> {
  const page = await browser.newPage({ viewport: { width, height }, colorScheme: scheme, reducedMotion: 'reduce' });
  await page.goto(baseUrl + path);
  await page.getByText('Rotate the signing keys').first().waitFor();
  await page.getByText('Live', { exact: true }).first().waitFor();
  await page.screenshot({ path: join(folder, `${name}.png`) });
  await page.close();
}

const found = await ensureBrowser();
if (found.path === undefined) throw new Error(`There is no browser: ${found.missing}.`);
const dataDir = mkdtempSync(join(tmpdir(), 'leanvibe-pictures-'));
const config = readConfig({ LEANVIBE_DATA_DIR: dataDir, LEANVIBE_PORT: '0', LEANVIBE_LOG_LEVEL: 'silent' });
{
  await using app = await createApp(config, { webDir });
  await fill(app.url);
  const browser = await chromium.launch({ executablePath: found.path, args: [...browserFlags] });
  for (const picture of pictures) await take(browser, app.url, picture);
  await browser.close();
}
rmSync(dataDir, { recursive: true, force: true });
