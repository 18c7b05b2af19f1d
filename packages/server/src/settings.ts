/** One setting: an environment variable, and the flag of the same name. `placeholder` shows the form of the value. */
export type Setting = { variable: string; flag: string; placeholder: string; help: string };

const setting = (name: string, placeholder: string, help: string): Setting => ({
  variable: `LEANVIBE_${name}`,
  flag: `--${name.toLowerCase().replaceAll('_', '-')}`,
  placeholder,
  help,
});

/** Every setting of the server by the key it has among flags, in the order in which help lists them. */
export const settings = {
  host: setting('HOST', 'address', 'Address to listen on (127.0.0.1)'),
  port: setting('PORT', 'port', 'Port to listen on; 0 takes a free one (8765)'),
  dataDir: setting('DATA_DIR', 'folder', "Where the database lives (the platform's data folder)"),
  auth: setting('AUTH', 'none|token', 'Whether callers need a token (none on loopback, token elsewhere)'),
  mirror: setting('MIRROR', 'file', 'Keep all boards as one JSON file here as well'),
  rateLimit: setting(
    'RATE_LIMIT',
    'number|off',
    'Requests per minute and token (600 when bound beyond loopback, else off)',
  ),
  databaseUrl: setting('DATABASE_URL', 'file', 'SQLite file (leanvibe.db in the data folder)'),
  natsUrl: setting('NATS_URL', 'url', 'Message bus between several nodes'),
  retentionDays: setting('RETENTION_DAYS', 'days', 'How long events are kept (30)'),
  retentionEvents: setting('RETENTION_EVENTS', 'number', 'How many events are kept per workspace (1000000)'),
  modelUrl: setting('MODEL_URL', 'url', 'Address of a local model server that speaks the OpenAI protocol'),
  model: setting('MODEL', 'name', 'Name of the model to ask'),
  project: setting('PROJECT', 'folder', 'Project folder to attach'),
  apnsKeyFile: setting('APNS_KEY_FILE', 'file', 'Key (.p8) for notifications to Apple devices'),
  apnsKeyId: setting('APNS_KEY_ID', 'id', 'Id of that key, 10 characters'),
  apnsTeamId: setting('APNS_TEAM_ID', 'id', 'Id of the team at Apple, 10 characters'),
  apnsTopic: setting('APNS_TOPIC', 'bundle', 'Bundle id of the app'),
  apnsUrl: setting('APNS_URL', 'url', 'Address of APNs (https://api.push.apple.com)'),
  apnsSandboxUrl: setting(
    'APNS_SANDBOX_URL',
    'url',
    'Address of the APNs sandbox (https://api.sandbox.push.apple.com)',
  ),
  apnsCaFile: setting('APNS_CA_FILE', 'file', 'Certificate authority to trust for APNs'),
  vapidSubject: setting('VAPID_SUBJECT', 'mailto:|https:', 'Contact that push services are told'),
  webPushAllow: setting(
    'WEB_PUSH_ALLOW',
    'origins',
    'Comma list of origins allowed as push endpoints besides public ones',
  ),
  notifySettleMs: setting(
    'NOTIFY_SETTLE_MS',
    'ms',
    'How long a notification waits for the events it could be merged with (3000)',
  ),
  logLevel: setting('LOG_LEVEL', 'level', 'fatal, error, warn, info, debug, trace or silent (info)'),
} as const satisfies Record<string, Setting>;

/** Names a setting. */
export type SettingKey = keyof typeof settings;

/** Variables with the prefix that are not the server's: the command line reads them. */
export const commandLineVariables = ['LEANVIBE_URL', 'LEANVIBE_TOKEN', 'LEANVIBE_WORKSPACE', 'LEANVIBE_ACTOR'] as const;
