import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig, type ServerConfig } from '../src/config.ts';

/** A configuration for one test: a fresh data folder (removed with it), a free port, no log. */
export type TestConfig = ServerConfig & Disposable;

/** Makes the configuration of a test. Settings that depend on each other are not worked out anew for `overrides`. */
export const testConfig = (overrides: Partial<ServerConfig> = {}): TestConfig => {
  const dataDir = overrides.dataDir ?? mkdtempSync(join(tmpdir(), 'leanvibe-test-'));
  const defaults = readConfig({ LEANVIBE_DATA_DIR: dataDir, LEANVIBE_PORT: '0', LEANVIBE_LOG_LEVEL: 'silent' });
  return {
    ...defaults,
    ...overrides,
    [Symbol.dispose]: () => rmSync(dataDir, { recursive: true, force: true }),
  };
};
