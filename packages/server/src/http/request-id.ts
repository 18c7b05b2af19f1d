import { randomUUIDv7 } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

const sanePattern = /^[A-Za-z0-9][A-Za-z0-9._:-]{0,127}$/;

/** The id of a request: the caller's own, so that its logs and ours can be laid side by side, unless it could harm a log. */
export const requestIdOf = ({ headers }: Pick<IncomingMessage, 'headers'>): string => {
  const given = headers['x-request-id'];
  return typeof given === 'string' && sanePattern.test(given) ? given : randomUUIDv7();
};
