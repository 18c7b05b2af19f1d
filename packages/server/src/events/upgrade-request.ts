import { ClientId } from '@leanvibe/protocol/identifiers';
import { SocketQuery } from '@leanvibe/protocol/socket-frames';
import { z } from 'zod';
import { HubError } from '../hub-error.ts';
import { validationFailed, validationIssues } from '../http/validation-issues.ts';

const params = z.strictObject({ client_id: ClientId });

/** What a WebSocket handshake asks for. */
export type UpgradeTarget = { clientId: string; query: SocketQuery };

/** Reads the target of a handshake, `/ws/{client_id}?…`; refuses what is not one. */
export function readUpgradeTarget(target: string): UpgradeTarget {
  const [path = '', search = ''] = splitOnce(target, '?');
  const match = /^\/ws\/([^/]*)\/?$/.exec(path);
  if (match === null) throw new HubError('not-found');
  const clientId = parsePart(params, { client_id: decode(match[1]!) }).client_id;
  return { clientId, query: parsePart(SocketQuery, readQuery(search)) };
}

const splitOnce = (text: string, separator: string): string[] => {
  const index = text.indexOf(separator);
  return index === -1 ? [text] : [text.slice(0, index), text.slice(index + 1)];
};

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw new HubError('malformed-request', 'The path is not properly encoded.');
  }
}

/** A parameter that comes twice becomes a list, which no parameter here allows. */
function readQuery(search: string): Record<string, unknown> {
  const params = new URLSearchParams(search);
  const names = new Set(params.keys());
  return Object.fromEntries(
    [...names].map((name) => {
      const values = params.getAll(name);
      return [name, values.length === 1 ? values[0] : values];
    }),
  );
}

function parsePart<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw validationFailed(validationIssues(parsed.error));
  return parsed.data;
}
