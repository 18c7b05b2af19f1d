import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

const wholeNumber = (least: number, most: number) =>
  z
    .string()
    .regex(/^\d{1,15}$/, `must be a whole number from ${least} to ${most}`)
    .transform(Number)
    .refine((value) => value >= least && value <= most, `must be a whole number from ${least} to ${most}`);

const path = z
  .string()
  .refine((text) => !text.includes('\0'), 'must be a path')
  .transform((text) => resolve(text));

const url = (...protocols: string[]) =>
  z.string().refine((text) => protocols.includes(URL.parse(text)?.protocol ?? ''), {
    error: `must be an address that begins with ${protocols.join(' or ')}`,
    abort: true,
  });

const webUrl = url('http:', 'https:');

const isOrigin = (text: string): boolean => {
  const parsed = URL.parse(text);
  return parsed !== null && /^https?:$/.test(parsed.protocol) && parsed.origin === text.toLowerCase();
};

/** Letters, digits, dots, dashes, colons and the brackets of IPv6: what can be an address or a name. */
const hostPattern = /^(?:[A-Za-z0-9.-]{1,253}|\[?[0-9A-Fa-f:.%A-Za-z]*:[0-9A-Fa-f:.%A-Za-z]*\]?)$/;

/** Where the server listens and whom it serves. */
export const networkGroup = z.object({
  host: z
    .string()
    .regex(hostPattern, 'must be an address or a host name')
    .transform((host) => host.replace(/^\[(.*)\]$/, '$1').toLowerCase())
    .default('127.0.0.1'),
  port: wholeNumber(0, 65_535).default(8765),
  auth: z.enum(['none', 'token'], 'must be none or token').optional(),
  rateLimit: z
    .string()
    .regex(/^(?:off|[1-9]\d{0,6})$/, 'must be off or a whole number from 1')
    .transform((text) => (text === 'off' ? null : Number(text)))
    .optional(),
});

const isPostgres = (text: string): boolean => /^postgres(ql)?:/i.test(text);

/** A SQLite file: a path, `sqlite:` and a path, or a `file:` address. */
const databaseFile = z
  .string()
  .refine((text) => !isPostgres(text) || URL.canParse(text), {
    error: 'must be a path or postgres://user@host/database',
    abort: true,
  })
  .refine(
    (text) => !isPostgres(text),
    'names a PostgreSQL database; this version keeps everything in an embedded SQLite file on one node: name a file, or leave it out',
  )
  .refine(
    (text) => isPostgres(text) || !/^(?!file:|sqlite:)[a-z][a-z0-9+]+:/i.test(text),
    'must be the path of a SQLite file',
  )
  .transform((text) => (text.startsWith('file:') ? fileURLToPath(text) : resolve(text.replace(/^sqlite:(\/\/)?/, ''))));

const natsUrl = url('nats:', 'tls:', 'ws:', 'wss:').refine(
  () => false,
  'names a message bus between nodes; this version runs on one node with its embedded SQLite store: leave it out',
);

/** What is kept, where and how long. */
export const storageGroup = z.object({
  dataDir: path.optional(),
  mirror: path.optional(),
  databaseUrl: databaseFile.optional(),
  natsUrl: natsUrl.optional(),
  retentionDays: wholeNumber(1, 36_500).default(30),
  retentionEvents: wholeNumber(1, 1_000_000_000).default(1_000_000),
});

/** The model server and the project that questions are about. */
export const modelGroup = z.object({
  modelUrl: webUrl.optional(),
  model: z.string().max(200, 'must have at most 200 characters').optional(),
  project: path.optional(),
});

const appleId = z.string().regex(/^[A-Z0-9]{10}$/, 'must be 10 capital letters and digits');

/** Notifications to Apple devices. */
export const apnsGroup = z.object({
  apnsKeyFile: path.optional(),
  apnsKeyId: appleId.optional(),
  apnsTeamId: appleId.optional(),
  apnsTopic: z
    .string()
    .regex(/^[A-Za-z0-9.-]{1,255}$/, 'must be a bundle id such as com.example.app')
    .optional(),
  apnsUrl: webUrl.default('https://api.push.apple.com'),
  apnsSandboxUrl: webUrl.default('https://api.sandbox.push.apple.com'),
  apnsCaFile: path.optional(),
});

/** Notifications to browsers, and when notifications go out. */
export const webPushGroup = z.object({
  vapidSubject: url('mailto:', 'https:').optional(),
  webPushAllow: z
    .string()
    .transform((text) =>
      text
        .split(',')
        .map((origin) => origin.trim())
        .filter((origin) => origin !== ''),
    )
    .refine(
      (origins) => origins.every(isOrigin),
      'must be origins such as https://push.example.org, with commas between',
    )
    .default([]),
  notifySettleMs: wholeNumber(0, 600_000).default(3000),
});

/** What is logged. */
export const logGroup = z.object({
  logLevel: z
    .enum(
      ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'],
      'must be fatal, error, warn, info, debug, trace or silent',
    )
    .default('info'),
});
