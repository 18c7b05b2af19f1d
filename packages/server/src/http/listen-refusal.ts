import { StartRefused } from '../start-refused.ts';

/** Why the address cannot be listened on, for the person who started the server. */
export const listenRefusal = (error: unknown, host: string, port: number): unknown => {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EADDRINUSE') {
    const message = `Port ${port} of ${host} is in use by another program. Choose another with LEANVIBE_PORT (0 takes a free one).`;
    return new StartRefused(message, { cause: error });
  }
  if (code === 'EACCES') {
    return new StartRefused(`Port ${port} may not be used by this account. Choose one above 1023 with LEANVIBE_PORT.`, {
      cause: error,
    });
  }
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
    return new StartRefused(`${host} is no address of this machine. Choose one with LEANVIBE_HOST.`, { cause: error });
  }
  return error;
};
