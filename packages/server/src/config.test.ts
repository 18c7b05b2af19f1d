import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { testConfig } from '../test/test-config.ts';
import { defaultDataFolder, readConfig, type Environment, type Flags } from './config.ts';
import { settings } from './settings.ts';
import { StartRefused } from './start-refused.ts';

/** The mistakes that are named, one a line. */
const mistakesIn = (env: Environment, flags: Flags = {}): string[] => {
  try {
    readConfig(env, flags);
  } catch (error) {
    expect(error).toBeInstanceOf(StartRefused);
    return (error as StartRefused).message
      .split('\n')
      .slice(1)
      .map((line) => line.trim());
  }
  return [];
};

describe('readConfig', () => {
  it('[S1] has defaults that need no setting: loopback, no token, no limit', () => {
    expect(readConfig({})).toEqual({
      host: '127.0.0.1',
      port: 8765,
      loopback: true,
      auth: 'none',
      rateLimitPerMinute: null,
      dataDir: defaultDataFolder(),
      databaseFile: join(defaultDataFolder(), 'leanvibe.db'),
      mirrorFile: null,
      retentionDays: 30,
      retentionEvents: 1_000_000,
      modelUrl: null,
      model: null,
      projectFolder: null,
      apns: {
        credentials: null,
        topic: null,
        url: 'https://api.push.apple.com',
        sandboxUrl: 'https://api.sandbox.push.apple.com',
        caFile: null,
      },
      vapidSubject: null,
      webPushAllow: [],
      notifySettleMs: 3000,
      logLevel: 'info',
    });
    expect(defaultDataFolder()).toMatch(/leanvibe/i);
    expect(defaultDataFolder()).not.toBe(homedir());
  });

  it('[S1] reads every variable', () => {
    const config = readConfig({
      PATH: '/bin',
      LEANVIBE_HOST: '[::]',
      LEANVIBE_PORT: '0',
      LEANVIBE_DATA_DIR: 'data',
      LEANVIBE_AUTH: 'token',
      LEANVIBE_MIRROR: 'tasks.json',
      LEANVIBE_RATE_LIMIT: 'off',
      LEANVIBE_DATABASE_URL: 'sqlite:///var/lib/board.db',
      LEANVIBE_RETENTION_DAYS: '7',
      LEANVIBE_RETENTION_EVENTS: '1000',
      LEANVIBE_MODEL_URL: 'http://127.0.0.1:8080/v1',
      LEANVIBE_MODEL: 'qwen',
      LEANVIBE_PROJECT: '/src/app',
      LEANVIBE_APNS_KEY_FILE: '/keys/a.p8',
      LEANVIBE_APNS_KEY_ID: 'ABCDE12345',
      LEANVIBE_APNS_TEAM_ID: 'TEAM567890',
      LEANVIBE_APNS_TOPIC: 'com.example.app',
      LEANVIBE_APNS_URL: 'https://127.0.0.1:2197',
      LEANVIBE_APNS_SANDBOX_URL: 'https://127.0.0.1:2198',
      LEANVIBE_APNS_CA_FILE: '/keys/ca.pem',
      LEANVIBE_VAPID_SUBJECT: 'mailto:ops@example.com',
      LEANVIBE_WEB_PUSH_ALLOW: 'http://127.0.0.1:9000, https://push.example.org',
      LEANVIBE_NOTIFY_SETTLE_MS: '0',
      LEANVIBE_LOG_LEVEL: 'debug',
    });
    expect(config).toEqual({
      host: '::',
      port: 0,
      loopback: false,
      auth: 'token',
      rateLimitPerMinute: null,
      dataDir: resolve('data'),
      databaseFile: '/var/lib/board.db',
      mirrorFile: resolve('tasks.json'),
      retentionDays: 7,
      retentionEvents: 1000,
      modelUrl: 'http://127.0.0.1:8080/v1',
      model: 'qwen',
      projectFolder: '/src/app',
      apns: {
        credentials: { keyFile: '/keys/a.p8', keyId: 'ABCDE12345', teamId: 'TEAM567890' },
        topic: 'com.example.app',
        url: 'https://127.0.0.1:2197',
        sandboxUrl: 'https://127.0.0.1:2198',
        caFile: '/keys/ca.pem',
      },
      vapidSubject: 'mailto:ops@example.com',
      webPushAllow: ['http://127.0.0.1:9000', 'https://push.example.org'],
      notifySettleMs: 0,
      logLevel: 'debug',
    });
  });

  it('[S1] is frozen', () => {
    const config = readConfig({});
    expect([config, config.apns, config.webPushAllow].every(Object.isFrozen)).toBe(true);
  });

  it('[S1] lets a flag win over its variable, and takes an empty value for none', () => {
    expect(readConfig({ LEANVIBE_PORT: '1' }, { port: '2' }).port).toBe(2);
    expect(readConfig({ LEANVIBE_PORT: '1' }, { port: undefined }).port).toBe(1);
    expect(readConfig({ LEANVIBE_PORT: '', LEANVIBE_MIRROR: ' ' })).toMatchObject({ port: 8765, mirrorFile: null });
  });

  it.each([
    ['127.0.0.1', true],
    ['127.8.8.8', true],
    ['localhost', true],
    ['LOCALHOST', true],
    ['::1', true],
    ['[::1]', true],
    ['0.0.0.0', false],
    ['::', false],
    ['192.168.1.5', false],
    ['hub.local', false],
    ['127.0.0.1.nip.io', false],
  ])('[S2] asks for a token, and limits the rate, unless %s is loopback (%s)', (host, loopback) => {
    const config = readConfig({ LEANVIBE_HOST: host });
    expect(config).toMatchObject({
      loopback,
      auth: loopback ? 'none' : 'token',
      rateLimitPerMinute: loopback ? null : 600,
    });
    const open = mistakesIn({ LEANVIBE_HOST: host, LEANVIBE_AUTH: 'none' });
    expect(open.length).toBe(loopback ? 0 : 1);
  });

  it('[S2] can ask for a token and limit the rate on loopback too', () => {
    const config = readConfig({ LEANVIBE_AUTH: 'token', LEANVIBE_RATE_LIMIT: '60' });
    expect(config).toMatchObject({ loopback: true, auth: 'token', rateLimitPerMinute: 60 });
  });

  it.each([
    ['LEANVIBE_HOST', 'my host', 'must be an address or a host name'],
    ['LEANVIBE_HOST', 'http://x', 'must be an address or a host name'],
    ['LEANVIBE_PORT', '65536', 'must be a whole number from 0 to 65535'],
    ['LEANVIBE_PORT', '-1', 'must be a whole number'],
    ['LEANVIBE_PORT', '80.5', 'must be a whole number'],
    ['LEANVIBE_AUTH', 'password', 'must be none or token'],
    ['LEANVIBE_RATE_LIMIT', '0', 'must be off or a whole number'],
    ['LEANVIBE_DATABASE_URL', 'postgres://user:pw@host/db', 'this version keeps everything in an embedded SQLite file'],
    ['LEANVIBE_DATABASE_URL', 'postgresql://host/db', 'this version keeps everything in an embedded SQLite file'],
    ['LEANVIBE_DATABASE_URL', 'postgres://a b', 'must be a path or postgres://user@host/database'],
    ['LEANVIBE_DATABASE_URL', 'mysql://host/db', 'must be the path of a SQLite file'],
    ['LEANVIBE_NATS_URL', 'nats://host:4222', 'this version runs on one node'],
    ['LEANVIBE_NATS_URL', 'host:4222', 'must be an address that begins with nats:'],
    ['LEANVIBE_RETENTION_DAYS', '0', 'must be a whole number from 1'],
    ['LEANVIBE_MODEL_URL', 'localhost:8080', 'must be an address that begins with http:'],
    ['LEANVIBE_APNS_TOPIC', 'a b', 'must be a bundle id'],
    ['LEANVIBE_VAPID_SUBJECT', 'ops@example.com', 'must be an address that begins with mailto:'],
    ['LEANVIBE_WEB_PUSH_ALLOW', 'https://a.example/path', 'must be origins'],
    ['LEANVIBE_NOTIFY_SETTLE_MS', '1s', 'must be a whole number'],
    ['LEANVIBE_LOG_LEVEL', 'loud', 'must be fatal, error'],
  ])('[S1] refuses %s=%s', (variable, value, reason) => {
    const [mistake, ...others] = mistakesIn({ [variable]: value });
    expect(others).toEqual([]);
    expect(mistake).toMatch(new RegExp(`^${variable} `));
    expect(mistake).toContain(reason);
    expect(mistake).not.toContain('pw');
  });

  it('[S1] names every mistake at once, by the name under which it was made', () => {
    const env = {
      LEANVIBE_PROT: '1',
      LEANVIBE_AUTH: 'none',
      LEANVIBE_APNS_KEY_ID: 'ABCDE12345',
      LEANVIBE_WHATEVER: '1',
    };
    const mistakes = mistakesIn(env, { host: '0.0.0.0', port: 'x', logLevel: 'loud' });
    expect(mistakes.map((line) => line.split(' ')[0])).toEqual([
      'LEANVIBE_PROT',
      'LEANVIBE_WHATEVER',
      'LEANVIBE_AUTH',
      'LEANVIBE_APNS_KEY_FILE',
      '--port',
      '--log-level',
    ]);
    expect(mistakes[0]).toBe('LEANVIBE_PROT is not a setting. Did you mean LEANVIBE_PORT?');
    expect(mistakes[1]).toBe('LEANVIBE_WHATEVER is not a setting.');
    expect(mistakes[2]).toContain('--host');
    expect(mistakesIn({}, { prot: '1' } as Flags)).toEqual(['prot is not a setting. Did you mean port?']);
  });

  it('[S1] leaves the variables of the command line and of others alone', () => {
    const env = {
      LEANVIBE_URL: 'x',
      LEANVIBE_TOKEN: 'x',
      LEANVIBE_WORKSPACE: 'x',
      LEANVIBE_ACTOR: 'x',
      LEANVIBES: 'x',
    };
    expect(mistakesIn(env)).toEqual([]);
  });

  it('[S1] reads SQLite files in every form', () => {
    const fileOf = (url: string) => readConfig({ LEANVIBE_DATABASE_URL: url }).databaseFile;
    expect(fileOf('boards/a.db')).toBe(resolve('boards/a.db'));
    expect(fileOf('sqlite:a.db')).toBe(resolve('a.db'));
    expect(fileOf('file:///var/a%20b.db')).toBe('/var/a b.db');
  });
});

describe('settings', () => {
  it('[S1] are told apart by variable and flag, of the same name', () => {
    for (const { variable, flag, help } of Object.values(settings)) {
      expect(flag).toBe(`--${variable.replace('LEANVIBE_', '').toLowerCase().replaceAll('_', '-')}`);
      expect(help.length).toBeGreaterThan(10);
    }
  });
});

describe('testConfig', () => {
  it('[S1] has a folder of its own, a free port and no log', () => {
    using first = testConfig();
    using second = testConfig({ auth: 'token' });
    expect(first).toMatchObject({ port: 0, logLevel: 'silent', auth: 'none' });
    expect(second.auth).toBe('token');
    expect(first.dataDir).not.toBe(second.dataDir);
    expect(() => readFileSync(first.databaseFile)).toThrow('ENOENT');
  });
});
