import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { createLeanVibeClient, type LeanVibeClient } from '@leanvibe/client/leanvibe-client';
import type { ServerConfig } from '@leanvibe/server/config';
import { createApp, type App } from '@leanvibe/server/create-app';
import { chromium, type Browser, type BrowserContext, type BrowserContextOptions, type Page } from 'playwright-core';
import { expect } from 'vitest';
import { browserFlags, ensureBrowser } from '../../../scripts/ensure-browser.ts';
import { testConfig, type TestConfig } from '../../server/test/test-config.ts';

const pathOf = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));

/** Where the built app lies. */
export const webDir = pathOf('../dist');

/** Installing the browser and building the app take a while where they have not been done. */
export const prepareMs = 300_000;
/** Longer than any test in a browser takes, on a machine with other work. */
export const pageMs = 60_000;

/** The sizes at which the app is looked at. */
export const viewports = {
  phone: { width: 360, height: 740 },
  desktop: { width: 1280, height: 800 },
  wide: { width: 2560, height: 1440 },
} as const;

/** What a page said that it should not have said. */
type Complaints = string[];

/** What the browser itself writes into the console when the server is not there. */
export const lostConnection = /net::ERR_|WebSocket connection to .* failed/;

/** How a window differs from one on a desk. `expects`: what a test makes a page say in the console. */
export type WindowOptions = {
  device?: keyof typeof viewports;
  colorScheme?: 'light' | 'dark';
  reducedMotion?: 'reduce' | 'no-preference';
  serviceWorkers?: 'allow' | 'block';
  expects?: RegExp;
};

const contextOptions = ({
  device = 'desktop',
  colorScheme = 'light',
  reducedMotion = 'reduce',
  serviceWorkers = 'block',
}: WindowOptions): BrowserContextOptions => ({
  viewport: viewports[device],
  hasTouch: device === 'phone',
  isMobile: device === 'phone',
  colorScheme,
  reducedMotion,
  serviceWorkers,
});

// Said by the tool that drives the browser, not by the page.
const blockedForTest = 'Service Worker registration blocked by Playwright';

function watch(page: Page, ownOrigin: string, complaints: Complaints, expected?: RegExp): void {
  page.on('console', (message) => {
    if (message.type() !== 'error' && message.type() !== 'warning') return;
    if (expected?.test(message.text()) === true || message.text() === blockedForTest) return;
    complaints.push(`${message.type()}: ${message.text()} (${message.location().url})`);
  });
  page.on('pageerror', (error) => complaints.push(`page error: ${error.stack ?? error.message}`));
  page.on('request', (request) => {
    const url = new URL(request.url());
    if (url.protocol === 'data:' || url.protocol === 'blob:') return;
    if (url.origin !== ownOrigin) complaints.push(`asked another host: ${request.url()}`);
  });
}

const clientOf = ({ url, firstToken }: App, workspace: string): LeanVibeClient =>
  createLeanVibeClient({ baseUrl: url, clientId: workspace, token: firstToken ?? undefined, actor: 'agent:test' });

/** A browser with a server of its own; one of each per test file. */
export class AppBrowser implements AsyncDisposable {
  readonly #browser: Browser;
  readonly #config: TestConfig;
  readonly #windows: { context: BrowserContext; complaints: Complaints }[] = [];
  #app: App;

  private constructor(browser: Browser, config: TestConfig, app: App) {
    this.#browser = browser;
    this.#config = config;
    this.#app = app;
  }

  /** Starts both; a sentence when there is no browser on this machine, and no way to get one. */
  static async start(settings: Partial<ServerConfig> = {}): Promise<AppBrowser | string> {
    const found = await ensureBrowser();
    if (found.path === undefined) return found.missing;
    await promisify(execFile)(process.execPath, [pathOf('../../../scripts/build-web.mjs')]);
    const config = testConfig(settings);
    const app = await createApp(config, { webDir });
    const args = [...browserFlags, '--force-color-profile=srgb'];
    const browser = await chromium.launch({ executablePath: found.path, headless: true, args });
    return new AppBrowser(browser, config, app);
  }

  get url(): string {
    return this.#app.url;
  }

  /** The running server. */
  get app(): App {
    return this.#app;
  }

  /** A client of one workspace, beside what the browser does. */
  client(workspace = 'default'): LeanVibeClient {
    return clientOf(this.#app, workspace);
  }

  /** Stops the server; its address stays free for `startServer`. */
  async stopServer(): Promise<void> {
    await this.#app.stop('server-restart');
  }

  /** Changes the data of a server that was stopped, at an address that no page knows. */
  async changeMeanwhile(workspace: string, change: (client: LeanVibeClient) => Promise<unknown>): Promise<void> {
    await using elsewhere = await createApp({ ...this.#config, port: 0 });
    await change(clientOf(elsewhere, workspace));
  }

  /** Starts the server again at the same address with the same data, and with another app where a folder is given. */
  async startServer(folder = webDir): Promise<void> {
    const port = Number(new URL(this.url).port);
    this.#app = await createApp({ ...this.#config, port }, { webDir: folder });
  }

  /** Opens a window with storage of its own. */
  async newWindow(options: WindowOptions = {}): Promise<BrowserContext> {
    const context = await this.#browser.newContext(contextOptions(options));
    context.setDefaultTimeout(20_000);
    const complaints: Complaints = [];
    const origin = new URL(this.url).origin;
    context.on('page', (page) => watch(page, origin, complaints, options.expects));
    this.#windows.push({ context, complaints });
    return context;
  }

  /** Opens a page of the app in a window of its own. */
  async open(path = '/', options: WindowOptions = {}): Promise<Page> {
    const context = await this.newWindow(options);
    const page = await context.newPage();
    await page.goto(this.url + path);
    return page;
  }

  /** Closes the windows. Fails when a page of one had something to complain about. Belongs into `afterEach`. */
  async closeWindows(): Promise<void> {
    const windows = this.#windows.splice(0);
    await Promise.all(windows.map(({ context }) => context.close()));
    expect(windows.flatMap(({ complaints }) => complaints)).toEqual([]);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#browser.close();
    await this.#app.stop('shutting-down');
    this.#config[Symbol.dispose]();
  }
}
