import { describeMessages, type Messages } from './async-api-messages.ts';
import { closeCodes } from './close-codes.ts';
import { describeSchemas, type JsonSchema } from './json-schema.ts';
import { maxFrameBytes, SocketQuery } from './socket-frames.ts';
import { sessionCookieName } from './token.ts';

type Members = Readonly<Record<string, unknown>>;

const introduction = `What happens in a workspace, as it happens, and what clients say to the server over a WebSocket.

A client keeps one thing: the \`cursor\` of the last event it has handled. It connects with it and receives every later event, in order, each once, then \`synced\`, then what happens live. Without a cursor the stream begins live at \`hello.cursor\`. When a cursor cannot be resumed from, \`snapshot_required\` says why: read \`GET /tasks/{client_id}/board\` and go on from its \`cursor\`.

The HTTP interface is described in [openapi.json](/openapi.json).`;

const closeTable = [
  '| close code | reason | meaning |',
  '|---|---|---|',
  ...closeCodes.map(({ closeCode, code, description }) => `| ${closeCode} | \`${code}\` | ${description} |`),
].join('\n');

const socketDescription = `Text frames of compact JSON, each with a \`type\`; a frame of a client may have ${maxFrameBytes} bytes. A frame that is not understood is answered with an \`error\` frame, and the socket stays open. The server pings every 30 seconds and closes a socket that is silent for 60.

The reason of a close frame is the code of a problem:

${closeTable}`;

const streamDescription =
  'Server-Sent Events: `id:` is the cursor, `data:` the event as JSON. `Last-Event-ID` or the query parameter `cursor` resumes. A comment line every 15 seconds keeps the connection. A cursor that cannot be resumed from is answered with HTTP 410 `cursor-expired` or 400 `cursor-invalid`.';

const messageReferences = (names: readonly string[]): Members =>
  Object.fromEntries(names.map((name) => [name, { $ref: `#/components/messages/${name}` }]));

const channelMessages = (channel: string, names: readonly string[]) =>
  names.map((name) => ({ $ref: `#/channels/${channel}/messages/${name}` }));

const querySchema = (): JsonSchema =>
  describeSchemas({ named: {}, others: [SocketQuery], io: 'input', target: 'draft-07' }).schemaOf(SocketQuery);

const parameters = { client_id: { description: 'The workspace', examples: ['my-project'] } };

const channelsOf = (names: Record<'client' | 'server' | 'events', readonly string[]>, query: JsonSchema) => ({
  socket: {
    address: '/ws/{client_id}',
    title: 'WebSocket of a workspace',
    servers: [{ $ref: '#/servers/socket' }],
    description: socketDescription,
    parameters,
    messages: messageReferences([...names.client, ...names.server, ...names.events]),
    bindings: { ws: { method: 'GET', query, bindingVersion: '0.1.0' } },
    'x-close-codes': closeCodes,
  },
  stream: {
    address: '/events/{client_id}',
    title: 'Server-Sent Events of a workspace',
    servers: [{ $ref: '#/servers/stream' }],
    description: streamDescription,
    parameters,
    messages: messageReferences(names.events),
  },
});

const operationsOf = (names: Record<'client' | 'server' | 'events', readonly string[]>, query: JsonSchema) => ({
  receiveFrames: {
    action: 'receive',
    channel: { $ref: '#/channels/socket' },
    summary: 'Frames that clients send',
    messages: channelMessages('socket', names.client),
  },
  sendFrames: {
    action: 'send',
    channel: { $ref: '#/channels/socket' },
    summary: 'Frames that the server sends beside events',
    messages: channelMessages('socket', names.server),
  },
  sendEvents: {
    action: 'send',
    channel: { $ref: '#/channels/socket' },
    summary: 'Events, each as a frame of its own, or several in a `batch`',
    messages: channelMessages('socket', names.events),
  },
  streamEvents: {
    action: 'send',
    channel: { $ref: '#/channels/stream' },
    summary: 'Events as Server-Sent Events',
    messages: channelMessages('stream', names.events),
    bindings: { http: { method: 'GET', query, bindingVersion: '0.3.0' } },
  },
});

const securitySchemes = {
  bearer: {
    type: 'http',
    scheme: 'bearer',
    description:
      'Or, for a WebSocket of a browser, the subprotocol `leanvibe.bearer.<token>`. Asked for beyond loopback.',
  },
  cookie: { type: 'httpApiKey', in: 'cookie', name: sessionCookieName, description: 'Set by a pairing link.' },
};

const messageNames = ({ client, server, events }: Messages) => ({
  client: Object.keys(client),
  server: Object.keys(server),
  events: Object.keys(events),
});

/** The sockets and streams as an AsyncAPI 3.0 document, derived from the frames and the event catalogue. */
export const asyncApiDocument = ({ version }: { version: string }) => {
  const messages = describeMessages();
  const names = messageNames(messages);
  const query = querySchema();
  const security = [{ $ref: '#/components/securitySchemes/bearer' }, { $ref: '#/components/securitySchemes/cookie' }];
  return {
    asyncapi: '3.0.0',
    info: { title: 'LeanVibe', version, description: introduction, license: { name: 'MIT' } },
    defaultContentType: 'application/json',
    servers: {
      socket: { host: '127.0.0.1:8765', protocol: 'ws', security },
      stream: { host: '127.0.0.1:8765', protocol: 'http', security },
    },
    channels: channelsOf(names, query),
    operations: operationsOf(names, query),
    components: {
      schemas: messages.schemas,
      messages: { ...messages.client, ...messages.server, ...messages.events },
      securitySchemes,
    },
  };
};
