import type { z } from 'zod';
import { eventSchema } from './event.ts';
import { eventCatalogue, eventTypes, type EventRow } from './event-catalogue.ts';
import { describeSchemas, type JsonSchema } from './json-schema.ts';
import { outputSchemas } from './named-schemas.ts';
import { clientFrames, serverFrames } from './socket-frames.ts';

type Message = {
  name: string;
  title: string;
  description: string;
  contentType: 'application/json';
  tags?: readonly { name: string }[];
  payload: JsonSchema;
};

/** The messages of the sockets and streams by name, in groups by who sends them, and the schemas that they refer to. */
export type Messages = {
  client: Record<string, Message>;
  server: Record<string, Message>;
  events: Record<string, Message>;
  schemas: Record<string, JsonSchema>;
};

const frameMessages = (frames: Record<string, z.ZodType>, schemaOf: (schema: z.ZodType) => JsonSchema) =>
  Object.fromEntries(
    Object.entries(frames).map(([type, schema]): [string, Message] => {
      const { description, ...payload } = schemaOf(schema);
      return [
        type,
        { name: type, title: type, description: String(description), contentType: 'application/json', payload },
      ];
    }),
  );

const eventDescription = ({ channel, priority, kept, description }: EventRow): string =>
  `${description} Channel \`${channel}\`, priority \`${priority}\`${kept ? '' : '; sent live only, without `seq` and `cursor`'}.`;

const eventMessages = (schemas: Map<string, z.ZodType>, schemaOf: (schema: z.ZodType) => JsonSchema) =>
  Object.fromEntries(
    eventTypes.map((type): [string, Message] => {
      const { description: _description, ...payload } = schemaOf(schemas.get(type)!);
      const row = eventCatalogue[type];
      return [
        type,
        {
          name: type,
          title: type,
          description: eventDescription(row),
          contentType: 'application/json',
          tags: [{ name: row.channel }],
          payload,
        },
      ];
    }),
  );

/** Describes every frame and every event. */
export const describeMessages = (): Messages => {
  const target = 'draft-07';
  const events = new Map<string, z.ZodType>(eventTypes.map((type) => [type, eventSchema(type)]));
  const received = describeSchemas({ named: {}, others: Object.values(clientFrames), io: 'input', target });
  const sent = describeSchemas({
    named: outputSchemas,
    others: [...Object.values(serverFrames), ...events.values()],
    io: 'output',
    target,
  });
  return {
    client: frameMessages(clientFrames, received.schemaOf),
    server: frameMessages(serverFrames, sent.schemaOf),
    events: eventMessages(events, sent.schemaOf),
    schemas: sent.components,
  };
};
