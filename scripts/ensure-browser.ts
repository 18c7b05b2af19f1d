import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { promisify } from 'node:util';

/** Where the browser that the tests drive is, or why there is none. */
export type BrowserFound = { path: string; missing?: never } | { path?: never; missing: string };

const usualPlaces = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  String.raw`C:\Program Files\Google\Chrome\Application\chrome.exe`,
];

const run = promisify(execFile);
const nonInteractive = { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } };

const installedBrowser = (): string | undefined => usualPlaces.find((place) => existsSync(place));

async function install(): Promise<string | null> {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return 'it can only be installed by root on Debian';
  try {
    await run('apt-get', ['update'], nonInteractive);
    const patience = 'DPkg::Lock::Timeout=240';
    await run('apt-get', ['-o', patience, 'install', '--yes', '--no-install-recommends', 'chromium'], nonInteractive);
    return null;
  } catch (error) {
    return `apt-get failed: ${error instanceof Error ? error.message.trim() : String(error)}`;
  }
}

/**
 * Finds Chromium and installs it where that is possible. Without it the tests that need it are skipped, but not in CI: there a test
 * that nobody ran would pass for one that passed, so it throws.
 */
export async function ensureBrowser(): Promise<BrowserFound> {
  const found = installedBrowser();
  if (found !== undefined) return { path: found };
  const failure = await install();
  const path = installedBrowser();
  if (path !== undefined) return { path };
  const missing = `There is no Chromium on this machine (${failure ?? 'apt-get installed none'}).`;
  if (process.env['CI'] !== undefined) throw new Error(missing);
  return { missing };
}

/** How Chromium is started: without a screen, and without the connections that it opens of its own accord. */
export const browserFlags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
