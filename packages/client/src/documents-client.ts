import type { HttpTransport } from './http-transport.ts';
import type { CallOptions } from './route-call.ts';

/** What the server says about its own interface. */
export class DocumentsClient {
  readonly #transport: HttpTransport;

  constructor(transport: HttpTransport) {
    this.#transport = transport;
  }

  /** The HTTP interface as OpenAPI 3.1. */
  async openApi(options?: CallOptions): Promise<Record<string, unknown>> {
    return (await this.#transport.call('getOpenApi', {}, options)).body;
  }

  /** The WebSocket interface as AsyncAPI 3. */
  async asyncApi(options?: CallOptions): Promise<Record<string, unknown>> {
    return (await this.#transport.call('getAsyncApi', {}, options)).body;
  }

  /** The page that shows the interface, as HTML. */
  async page(options?: CallOptions): Promise<string> {
    return (await this.#transport.call('openDocs', {}, options)).body;
  }

  /** A file of the documentation, such as `errors.md`; its media type is that of the blob. */
  file(name: string, options: CallOptions = {}): Promise<Blob> {
    const read = (response: Response): Promise<Blob> => response.blob();
    return this.#transport.send('getDocsFile', { params: { file: name } }, options, { read });
  }
}
