import { join } from 'node:path';
import envPaths from 'env-paths';
import type { z } from 'zod';
import { apnsGroup, logGroup, modelGroup, networkGroup, storageGroup, webPushGroup } from './config-groups.ts';
import { nearestName } from './nearest-name.ts';
import { commandLineVariables, settings, type SettingKey } from './settings.ts';
import { StartRefused } from './start-refused.ts';

/** How the server runs, read once at start and frozen. */
export type ServerConfig = Readonly<{
  /** Address or name to listen on, IPv6 without brackets. */
  host: string;
  /** Port to listen on; 0: a free one. */
  port: number;
  /** Whether only this machine can reach the server. */
  loopback: boolean;
  /** `none`: whoever reaches the server may do everything; `token`: callers need a token. */
  auth: 'none' | 'token';
  /** Requests per minute and token (or address, where there is none); null: no limit. */
  rateLimitPerMinute: number | null;
  /** Absolute path of the folder with the database, its backups and the lock. */
  dataDir: string;
  /** Absolute path of the SQLite file. */
  databaseFile: string;
  /** Absolute path of the JSON mirror; null: none is kept. */
  mirrorFile: string | null;
  /** Days for which events are kept. */
  retentionDays: number;
  /** Events that are kept per workspace. */
  retentionEvents: number;
  /** Address of a model server; null: none was named. */
  modelUrl: string | null;
  /** Name of the model; null: whichever the model server offers. */
  model: string | null;
  /** Absolute path of the project folder to attach; null: none. */
  projectFolder: string | null;
  /** Notifications to Apple devices; `credentials` null: they cannot be sent. */
  apns: Readonly<{
    credentials: Readonly<{ keyFile: string; keyId: string; teamId: string }> | null;
    topic: string | null;
    url: string;
    sandboxUrl: string;
    caFile: string | null;
  }>;
  /** Contact that push services are told, `mailto:` or `https:`; null: none. */
  vapidSubject: string | null;
  /** Origins that are allowed as push endpoints besides public ones. */
  webPushAllow: readonly string[];
  /** Milliseconds that a notification waits for events it could be merged with. */
  notifySettleMs: number;
  /** Least severe level that is logged. */
  logLevel: z.output<typeof logGroup>['logLevel'];
}>;

/** Environment variables, as in `process.env`. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Flags by setting key; they win over the environment. */
export type Flags = Readonly<Partial<Record<SettingKey, string | undefined>>>;

const rateLimitBeyondLoopback = 600;

/** The platform's folder for the data of programs. */
export const defaultDataFolder = (): string => envPaths('leanvibe', { suffix: '' }).data;

const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);

/** A value as given, and the name under which it was given. */
type Given = { value: string; name: string };

const readGiven = (env: Environment, flags: Flags): Map<SettingKey, Given> => {
  const given = new Map<SettingKey, Given>();
  for (const [key, { variable, flag }] of Object.entries(settings) as [SettingKey, (typeof settings)[SettingKey]][]) {
    const flagValue = flags[key];
    const value = flagValue ?? env[variable];
    // An empty value is how compose files and shells say "not set".
    if (value !== undefined && value.trim() !== '') {
      given.set(key, { value: value.trim(), name: flagValue === undefined ? variable : flag });
    }
  }
  return given;
};

const unknownNames = (env: Environment, flags: Flags): string[] => {
  const known: readonly string[] = [
    ...Object.values(settings).map(({ variable }) => variable),
    ...commandLineVariables,
  ];
  const strangers = Object.keys(env).filter((name) => name.startsWith('LEANVIBE_') && !known.includes(name));
  const strangeFlags = Object.keys(flags).filter((key) => !Object.hasOwn(settings, key));
  const complain = (name: string, meant: string | undefined): string =>
    `${name} is not a setting.${meant === undefined ? '' : ` Did you mean ${meant}?`}`;
  return [
    ...strangers.map((name) => complain(name, nearestName(name, known))),
    ...strangeFlags.map((key) => complain(key, nearestName(key, Object.keys(settings)))),
  ];
};

/** Reads one group; what is wrong with it is added to `mistakes`. */
const readGroup = <Group extends z.ZodType>(
  group: Group,
  given: ReadonlyMap<SettingKey, Given>,
  mistakes: string[],
): z.output<Group> | undefined => {
  const parsed = group.safeParse(Object.fromEntries([...given].map(([key, { value }]) => [key, value])));
  if (parsed.success) return parsed.data;
  for (const issue of parsed.error.issues) {
    const name = given.get(issue.path[0] as SettingKey)?.name ?? String(issue.path[0]);
    mistakes.push(`${name} ${issue.message}.`);
  }
  return undefined;
};

/** Mistakes that lie between settings. They are found even when other settings are wrong too. */
const conflicts = (given: ReadonlyMap<SettingKey, Given>): string[] => {
  const found: string[] = [];
  const host = given.get('host');
  const auth = given.get('auth');
  if (
    host !== undefined &&
    auth?.value === 'none' &&
    !isLoopback(host.value.replace(/^\[(.*)\]$/, '$1').toLowerCase())
  ) {
    found.push(
      `${auth.name} cannot be none while ${host.name} is not a loopback address: everyone in the network could do everything.`,
    );
  }
  const credentials = (['apnsKeyFile', 'apnsKeyId', 'apnsTeamId'] as const).filter((key) => !given.has(key));
  if (credentials.length > 0 && credentials.length < 3) {
    found.push(`${credentials.map((key) => settings[key].variable).join(' and ')} must be set too, for APNs.`);
  }
  return found;
};

const refusal = (mistakes: readonly string[]): StartRefused =>
  new StartRefused(
    `LeanVibe cannot start: ${mistakes.length === 1 ? 'a setting is' : `${mistakes.length} settings are`} wrong.\n${mistakes
      .map((mistake) => `  ${mistake}`)
      .join('\n')}`,
  );

const networkConfig = ({ host, port, auth, rateLimit }: z.output<typeof networkGroup>) => {
  const loopback = isLoopback(host);
  return {
    host,
    port,
    loopback,
    auth: auth ?? (loopback ? ('none' as const) : ('token' as const)),
    rateLimitPerMinute: rateLimit === undefined ? (loopback ? null : rateLimitBeyondLoopback) : rateLimit,
  };
};

const storageConfig = (storage: z.output<typeof storageGroup>) => {
  const dataDir = storage.dataDir ?? defaultDataFolder();
  return {
    dataDir,
    databaseFile: storage.databaseUrl ?? join(dataDir, 'leanvibe.db'),
    mirrorFile: storage.mirror ?? null,
    retentionDays: storage.retentionDays,
    retentionEvents: storage.retentionEvents,
  };
};

const modelConfig = ({ modelUrl, model, project }: z.output<typeof modelGroup>) => ({
  modelUrl: modelUrl ?? null,
  model: model ?? null,
  projectFolder: project ?? null,
});

const apnsConfig = (apns: z.output<typeof apnsGroup>): ServerConfig['apns'] => {
  const { apnsKeyFile: keyFile, apnsKeyId: keyId, apnsTeamId: teamId } = apns;
  return Object.freeze({
    credentials: keyFile && keyId && teamId ? Object.freeze({ keyFile, keyId, teamId }) : null,
    topic: apns.apnsTopic ?? null,
    url: apns.apnsUrl,
    sandboxUrl: apns.apnsSandboxUrl,
    caFile: apns.apnsCaFile ?? null,
  });
};

const webPushConfig = (webPush: z.output<typeof webPushGroup>) => ({
  vapidSubject: webPush.vapidSubject ?? null,
  webPushAllow: Object.freeze(webPush.webPushAllow),
  notifySettleMs: webPush.notifySettleMs,
});

/** Reads the configuration. Throws one `StartRefused` that names every mistake. */
export function readConfig(env: Environment, flags: Flags = {}): ServerConfig {
  const given = readGiven(env, flags);
  const mistakes = [...unknownNames(env, flags), ...conflicts(given)];
  const network = readGroup(networkGroup, given, mistakes);
  const storage = readGroup(storageGroup, given, mistakes);
  const model = readGroup(modelGroup, given, mistakes);
  const apns = readGroup(apnsGroup, given, mistakes);
  const webPush = readGroup(webPushGroup, given, mistakes);
  const log = readGroup(logGroup, given, mistakes);
  if (mistakes.length > 0 || !network || !storage || !model || !apns || !webPush || !log) throw refusal(mistakes);
  return Object.freeze({
    ...networkConfig(network),
    ...storageConfig(storage),
    ...modelConfig(model),
    apns: apnsConfig(apns),
    ...webPushConfig(webPush),
    logLevel: log.logLevel,
  });
}
