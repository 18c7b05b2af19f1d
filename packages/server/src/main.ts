import { fileURLToPath } from 'node:url';
import { startBanner } from './access/start-banner.ts';
import { createApp, type App, type StopReason } from './create-app.ts';
import { readConfig, type Environment, type Flags } from './config.ts';
import { offerLegacyImport } from './tasks/legacy-tasks-offer.ts';

/**
 * What a server is run with: settings from the environment and flags, the folder it is started in, where to say things to the
 * person who started it, and the signal that stops it (with `SIGINT` as reason it is not expected back).
 */
export type ServeOptions = {
  env: Environment;
  flags: Flags;
  cwd: string;
  signal: AbortSignal;
  print: (text: string) => void;
};

/** Where `npm start` builds the web app. */
const webDir = fileURLToPath(new URL('../../web/dist', import.meta.url));

/** How long answers may take to go out before a process whose storage failed ends, in milliseconds. */
const lastAnswersMs = 250;

/**
 * Runs the server until it is told to stop. Throws `StartRefused` when it cannot start. When the storage fails in a way that only a
 * restart can mend, which verifies it, the process ends with 1.
 */
export async function serve({ env, flags, cwd, signal, print }: ServeOptions): Promise<void> {
  const config = readConfig(env, flags);
  const app = await createApp(config, { webDir });
  const failure = Promise.withResolvers<Error>();
  app.store.onFailure(failure.resolve);
  print(await startBanner({ url: app.url, config, firstToken: app.firstToken, pairingUrl: app.pairingUrl() }));
  await offerImport(app, cwd, print);
  const end = await Promise.race([failure.promise, aborted(signal)]);
  if (end instanceof Error) return abandon(app, end);
  await app.stop(reasonOf(signal));
}

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });

const reasonOf = (signal: AbortSignal): StopReason => (signal.reason === 'SIGINT' ? 'shutting-down' : 'server-restart');

// Nothing more is written: what is on the disk is verified at the next start, and that is safer than any clean-up now.
async function abandon(app: App, failure: Error): Promise<never> {
  app.log.fatal({ err: failure }, 'The storage failed; the server ends and verifies the database when it starts again');
  await new Promise((resolve) => setTimeout(resolve, lastAnswersMs));
  process.exit(1);
}

async function offerImport({ store }: App, cwd: string, print: (text: string) => void): Promise<void> {
  if ((await store.workspaces()).length > 0) return;
  const offer = offerLegacyImport(cwd);
  if (offer !== null) print(offer);
}
