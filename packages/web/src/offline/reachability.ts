import type { LeanVibeError } from '@leanvibe/client/leanvibe-error';
import type { ConnectionInfo } from '../hub/connection.ts';

/** Whether the server did not answer, or is going away: the same command can succeed later, and has to be sent again. */
export const isUnreachable = ({ code }: Pick<LeanVibeError, 'code'>): boolean =>
  code === 'network-failure' || code === 'timed-out' || code === 'shutting-down';

/** Whether what was kept stays kept: the answer says nothing about the command, only about now. */
export const staysKept = (error: Pick<LeanVibeError, 'code' | 'status'>): boolean =>
  isUnreachable(error) || [401, 429, 503].includes(error.status);

/** Whether it is known that there is no connection, so that sending would only be waiting. */
export const isOffline = ({ state, offlineSinceMs }: Pick<ConnectionInfo, 'state' | 'offlineSinceMs'>): boolean =>
  offlineSinceMs !== null && (state === 'offline' || state === 'connecting');
