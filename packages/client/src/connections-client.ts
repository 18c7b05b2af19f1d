import type { Connection } from '@leanvibe/protocol/streaming';
import type { HttpTransport } from './http-transport.ts';
import type { CallOptions } from './route-call.ts';

/** The open sockets and streams of the server. */
export class ConnectionsClient {
  readonly #transport: HttpTransport;

  constructor(transport: HttpTransport) {
    this.#transport = transport;
  }

  /** Every open socket and stream, of all workspaces. */
  async list(options?: CallOptions): Promise<Connection[]> {
    return (await this.#transport.call('listConnections', {}, options)).body;
  }
}
