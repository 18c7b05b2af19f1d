import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** What the fake server saw. */
export type SeenRequest = { method: string; url: string; headers: IncomingHttpHeaders; body: string };

/** Answers one request; `cut` ends the connection without an answer, `hang` never answers. */
export type FakeAnswer = { status: number; headers?: Record<string, string>; body?: unknown } | 'cut' | 'hang';

/** An HTTP server that answers what a test says, one answer after the other, the last one for ever. */
export class FakeApi implements AsyncDisposable {
  readonly requests: SeenRequest[] = [];
  answers: FakeAnswer[] = [{ status: 200, body: {} }];
  readonly #server: Server;

  private constructor() {
    this.#server = createServer((request, response) => void this.#serve(request, response));
  }

  static async start(...answers: FakeAnswer[]): Promise<FakeApi> {
    const api = new FakeApi();
    if (answers.length > 0) api.answers = answers;
    await new Promise<void>((resolve) => api.#server.listen(0, '127.0.0.1', resolve));
    return api;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    this.#server.closeAllConnections();
    await closed;
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await text(request);
    const { method = '', url = '', headers } = request;
    this.requests.push({ method, url, headers, body });
    this.#answer(response, this.answers.length > 1 ? this.answers.shift()! : this.answers[0]!);
  }

  #answer(response: ServerResponse, answer: FakeAnswer): void {
    if (answer === 'hang') return;
    if (answer === 'cut') return void response.destroy();
    const { status, headers = {}, body } = answer;
    const type = status < 400 ? 'application/json' : 'application/problem+json';
    response.writeHead(status, { 'content-type': type, ...headers });
    response.end(body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body));
  }
}

/** A problem as the server sends it. */
export const problemAnswer = (
  status: number,
  code: string,
  headers: Record<string, string> = {},
  members: Record<string, unknown> = {},
): FakeAnswer => ({
  status,
  headers,
  body: { type: `urn:leanvibe:problem:${code}`, title: code, status, code, detail: `It is ${code}.`, ...members },
});
