import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { asyncApiDocument } from './async-api.ts';
import { closeCodes } from './close-codes.ts';
import { eventTypes } from './event-catalogue.ts';
import { clientFrames, serverFrames } from './socket-frames.ts';

type Operation = { action: string; channel: { $ref: string }; messages: { $ref: string }[] };
type Message = { description: string; payload: object; tags?: { name: string }[] };

const document = asyncApiDocument({ version: '1.2.3' });
const operations = document.operations as Record<string, Operation>;
const messages = document.components.messages as unknown as Record<string, Message>;

const specification = (): object => {
  const file = new URL(import.meta.resolve('@asyncapi/specs/schemas/3.0.0-without-$id.json'));
  return JSON.parse(readFileSync(file, 'utf8')) as object;
};

const messagesOf = (operation: string): string[] =>
  operations[operation]!.messages.map(({ $ref }) => $ref.split('/').at(-1)!).toSorted();

const references = (value: unknown): string[] => {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, member]) =>
    key === '$ref' && typeof member === 'string' ? [member] : references(member),
  );
};

const resolve = (reference: string): unknown =>
  reference
    .slice(2)
    .split('/')
    .reduce<unknown>((node, key) => (node as Record<string, unknown> | undefined)?.[key], document);

const payloadValidator = (name: string) => {
  const ajv = new Ajv({ strict: false, validateFormats: false });
  ajv.addSchema({ ...document, $id: 'document' });
  return ajv.compile({ $ref: `document#/components/messages/${name}/payload` });
};

describe('asyncApiDocument', () => {
  it('[C8] is a valid AsyncAPI 3.0 document, and a broken one would be noticed', () => {
    const validate = new Ajv({ strict: false, validateFormats: false }).compile(specification());
    validate(document);
    expect(validate.errors ?? []).toEqual([]);
    expect(validate({ ...document, operations: { x: { action: 'shout' } } })).toBe(false);
  });

  it('[C8] refers to nothing that is not there', () => {
    expect(references(document).filter((reference) => resolve(reference) === undefined)).toEqual([]);
  });

  it('[W5] receives every frame of clients', () => {
    expect(operations['receiveFrames']?.action).toBe('receive');
    expect(messagesOf('receiveFrames')).toEqual(Object.keys(clientFrames).toSorted());
  });

  it('[W1] sends every frame of the server', () => {
    expect(operations['sendFrames']?.action).toBe('send');
    expect(messagesOf('sendFrames')).toEqual(Object.keys(serverFrames).toSorted());
  });

  it('[E2] sends every event of the catalogue, on sockets and on streams', () => {
    expect(messagesOf('sendEvents')).toEqual(eventTypes.toSorted());
    expect(messagesOf('streamEvents')).toEqual(eventTypes.toSorted());
  });

  it('[C8] describes every message in words', () => {
    for (const [name, { description }] of Object.entries(messages)) expect(description, name).toMatch(/^[A-Z].{8,}/);
  });

  it('[W8] documents every close code', () => {
    const { description } = document.channels.socket;
    for (const { closeCode, code } of closeCodes) expect(description).toContain(`| ${closeCode} | \`${code}\` |`);
    const byCode = Object.fromEntries(closeCodes.map(({ code, closeCode }) => [code, closeCode]));
    expect(byCode).toMatchObject({ unauthorized: 4001, forbidden: 4003, 'slow-consumer': 4008, 'shutting-down': 1001 });
    expect(byCode).toMatchObject({ 'server-restart': 1012, 'frame-too-large': 1009, 'binary-frame': 1003 });
  });

  it('[W1] names the query of the socket', () => {
    const { query } = document.channels.socket.bindings.ws;
    expect(Object.keys(query['properties'] as object)).toEqual(
      expect.arrayContaining(['cursor', 'channels', 'min_priority', 'device_id', 'batch_ms']),
    );
  });

  it('[W5] has payload schemas that tell right from wrong', () => {
    const ack = payloadValidator('ack');
    expect(ack({ type: 'ack', cursor: 'abc.1' })).toBe(true);
    expect(ack({ type: 'ack' })).toBe(false);
    expect(ack({ type: 'heartbeat', cursor: 'abc.1' })).toBe(false);
    const hello = payloadValidator('task_created');
    expect(hello({ type: 'task_created' })).toBe(false);
  });

  it('[E2] marks what is sent live only', () => {
    expect(messages['metrics_updated']?.description).toContain('sent live only');
    expect(messages['task_created']?.description).not.toContain('sent live only');
    expect(messages['task_created']?.tags).toEqual([{ name: 'tasks' }]);
  });
});
