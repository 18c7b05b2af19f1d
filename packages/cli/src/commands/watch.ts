import { type Command, InvalidArgumentError } from 'commander';
import type { EventStream } from '@leanvibe/client/event-stream';
import type { StreamOptions, StreamStatus } from '@leanvibe/client/stream-types';
import { eventPriorities } from '@leanvibe/protocol/event-catalogue';
import { subscribableChannels } from '@leanvibe/protocol/socket-frames';
import type { CommandContext } from '../command-context.ts';
import { eventLine } from '../event-line.ts';
import { choiceOption, choicesOption } from '../option-values.ts';
import { printable } from '../printable.ts';
import { addTargetOptions, clientOf, serverUrl, workspaceOf, type TargetOptions } from '../server-target.ts';

type WatchOptions = TargetOptions & {
  cursor?: string;
  channels?: StreamOptions['channels'];
  minPriority?: StreamOptions['minPriority'];
  json?: boolean;
};

const examples = `
Examples:
  leanvibe watch
  leanvibe watch --channels tasks,agent --min-priority high
  leanvibe watch --json | jq 'select(.type == "task_completed") | .data.task.title'

It connects again by itself and goes on where it was, so that every event comes once and in order. When
it ends it says the cursor from which \`--cursor\` goes on later.`;

const cursorArgument = (value: string): string => {
  if (value.length >= 1 && value.length <= 128) return value;
  throw new InvalidArgumentError('A cursor has 1 to 128 characters.');
};

/** `leanvibe watch`: the events of a workspace as they happen. */
export function addWatchCommand(parent: Command, context: CommandContext): void {
  const command = parent
    .command('watch')
    .description('show events as they happen')
    .helpGroup('Work:')
    .option('--cursor <cursor>', 'begin with what came after this position', cursorArgument)
    .addOption(choicesOption('--channels <channel>', 'only of a channel', subscribableChannels))
    .addOption(choiceOption('--min-priority <priority>', 'only from a priority on', eventPriorities))
    .option('--json', 'print each event as JSON on one line');
  addTargetOptions(command)
    .addHelpText('after', examples)
    .action((options: WatchOptions) => watch(options, context));
}

async function watch(options: WatchOptions, context: CommandContext): Promise<void> {
  const { terminal, signal } = context;
  const client = clientOf(options, context);
  // Who names a server that is not there wants to know; what comes later is waited for.
  await client.ready({ signal });
  const { cursor, channels, minPriority } = options;
  const stream = client.events.stream({
    cursor,
    channels,
    minPriority,
    signal,
    clientType: 'cli',
    onStatus: narrator(options, context),
  });
  await printEvents(stream, options.json === true, context);
  if (stream.cursor !== null) terminal.message(`Go on from here: leanvibe watch --cursor ${printable(stream.cursor)}`);
}

async function printEvents(stream: EventStream, asJson: boolean, { terminal }: CommandContext): Promise<void> {
  for await (const item of stream) {
    if (asJson) terminal.json(item);
    if (item.type === 'snapshot_required') {
      terminal.message(`Events are missing (${item.reason}); showing those from here on.`);
    } else if (!asJson) {
      terminal.data(eventLine(item, terminal));
    }
    await terminal.drained();
  }
}

/** Says what a person should know about the connection, once for each change. */
function narrator(options: WatchOptions, context: CommandContext): (status: StreamStatus) => void {
  const { terminal } = context;
  let connected: 'not yet' | 'yes' | 'lost' = 'not yet';
  return ({ state, reason }) => {
    if (state === 'live' && connected !== 'yes') {
      const place = `${workspaceOf(options, context)} at ${serverUrl(options, context)}`;
      terminal.message(connected === 'lost' ? 'Connected again.' : `Watching ${place}. Ctrl-C ends it.`);
      connected = 'yes';
    } else if (state === 'offline' && connected === 'yes') {
      terminal.message(`The connection is lost (${printable(reason ?? 'no reason given')}); trying again …`);
      connected = 'lost';
    }
  };
}
