import type { Command } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { localClock } from '../local-time.ts';
import { isLoopbackName, pairingTarget } from '../pairing-target.ts';
import { addServerOptions, clientOf, type TargetOptions } from '../server-target.ts';

type PairOptions = TargetOptions & { qr: boolean; json?: boolean };

const examples = `
Examples:
  leanvibe pair                           point the camera of the phone at the code
  leanvibe pair --no-qr | pbcopy

The link signs one browser in, once. Other devices can only open it when the server listens beyond this
machine: leanvibe serve --host 0.0.0.0`;

/** `leanvibe pair`: a link that signs a phone in. */
export function addPairCommand(parent: Command, context: CommandContext): void {
  const command = parent
    .command('pair')
    .description('make a link and QR code that sign a phone or browser in')
    .helpGroup('Access:')
    .option('--no-qr', 'only the link')
    .option('--json', 'print {"url", "expires_at"} as JSON');
  addServerOptions(command)
    .addHelpText('after', examples)
    .action((options: PairOptions) => pair(options, context));
}

async function pair(options: PairOptions, context: CommandContext): Promise<void> {
  const { terminal, signal } = context;
  const url = await pairingTarget(options, context);
  const link = await clientOf({ ...options, url }, context).pairing.createLink({ signal });
  if (options.json) return terminal.json(link);
  const { host, hostname } = new URL(link.url);
  if (options.qr) {
    const { toString } = await import('qrcode');
    terminal.message((await toString(link.url, { type: 'utf8', margin: 2 })).trimEnd());
  }
  terminal.data(link.url);
  terminal.message(`Works once, until ${localClock(link.expires_at)}.`);
  if (isLoopbackName(hostname)) {
    terminal.message(
      `${host} is this machine only. For a phone start the server with \`leanvibe serve --host 0.0.0.0\`.`,
    );
  }
}
