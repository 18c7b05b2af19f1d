import { z } from 'zod';
import { eventCatalogue, eventPriorities, eventTypes, type EventRow, type EventType } from './event-catalogue.ts';
import { schemaExamples } from './schema-examples.ts';
import { cursorVerdicts, serverFrames } from './socket-frames.ts';

const introduction = `# Events

Each workspace has one log of events. An event is stored together with the change that caused it: there is no change without its
events and no event without its change.

\`\`\`json
${JSON.stringify({ ...(schemaExamples.LeanVibeEvent as object), data: { task: '…' } }, null, 2)}
\`\`\`

| member | |
| --- | --- |
| \`id\` | UUIDv7; the same on every transport |
| \`type\` | one of the types below |
| \`seq\` | counts 1, 2, 3 … in the workspace, without gaps |
| \`cursor\` | the position of this event; the one thing a client keeps |
| \`client_id\` | the workspace |
| \`channel\`, \`priority\` | what it is about and how urgent it is; what subscriptions choose by |
| \`timestamp\` | when it was stored |
| \`actor\` | who caused it: \`{kind, id}\`, where \`kind\` is \`human\`, \`agent\` or \`system\` |
| \`data\` | particular to the type |

Priorities ascend: ${eventPriorities.map((priority) => `\`${priority}\``).join(', ')}.

## Reading the log

| transport | |
| --- | --- |
| WebSocket | \`/ws/{client_id}?cursor=\` |
| Server-Sent Events | \`GET /events/{client_id}\`, with \`Last-Event-ID\` or \`?cursor=\` |
| pages | \`GET /events/{client_id}/log?cursor=\` |
| long poll | \`GET /events/{client_id}/log?cursor=&wait_seconds=30\` |

The same cursor works on all of them. Keep the \`cursor\` of the last event you have handled and come back with it: you receive every
later event, in order, each once. An event that is handled twice after a crash is recognised by its \`seq\`.

When a cursor cannot be resumed from, a socket says so with a \`snapshot_required\` frame whose \`reason\` is one of
${cursorVerdicts.map((verdict) => `\`${verdict}\``).join(', ')}; HTTP answers 410 \`cursor-expired\` or 400 \`cursor-invalid\`. Read
\`GET /tasks/{client_id}/board\` then: its \`cursor\` is the position of exactly that state.

## Frames beside events

A socket receives these frames too; every frame, with its schema, is in \`/asyncapi.json\`.

| type | |
| --- | --- |
${Object.entries(serverFrames)
  .map(([type, frame]) => `| \`${type}\` | ${frame.description} |`)
  .join('\n')}`;

const typeOf = (schema: Record<string, unknown>): string => {
  if (schema['additionalProperties'] !== undefined && schema['properties'] === undefined) return 'object by name';
  return schema['format'] === 'uuid' ? 'UUID' : String(schema['type']);
};

const members = (data: z.ZodType): string => {
  const { properties } = z.toJSONSchema(data) as { properties?: Record<string, Record<string, unknown>> };
  if (properties === undefined) return '`data` is an object whose members depend on who sends it.';
  const described = Object.entries(properties).map(([name, schema]) =>
    name === 'task' ? '`task` (the whole task)' : `\`${name}\` (${typeOf(schema)})`,
  );
  return `\`data\` has ${described.join(' and ')}.`;
};

const section = (type: EventType): string => {
  const row: EventRow = eventCatalogue[type];
  return [
    `## ${type}`,
    `Channel \`${row.channel}\`, priority \`${row.priority}\`${row.kept ? '' : ', sent live only and not kept in the log'}.`,
    row.description,
    members(row.data),
  ].join('\n\n');
};

const overview = [
  '## Types',
  '',
  '| type | channel | priority | |',
  '| --- | --- | --- | --- |',
  ...eventTypes.map((type) => {
    const { channel, priority, description } = eventCatalogue[type];
    return `| [\`${type}\`](#${type}) | ${channel} | ${priority} | ${description} |`;
  }),
].join('\n');

/** The text of docs/events.md: how the log is read and what each event means. */
export const eventDocs = (): string => `${[introduction, overview, ...eventTypes.map(section)].join('\n\n')}\n`;
