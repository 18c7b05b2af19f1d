import { Agent, request, type IncomingHttpHeaders } from 'node:http';

/** An answer of the server. */
export type HubAnswer = { status: number; headers: IncomingHttpHeaders; text: string };

export type HubCall = { body?: unknown; headers?: Readonly<Record<string, string>> };

/** Calls the server over a few connections that stay open. */
export class HubCaller {
  readonly #port: number;
  readonly #agent = new Agent({ keepAlive: true });

  constructor(port: number) {
    this.#port = port;
  }

  /** The answer, whole; null when the connection was lost before it had all come: then nobody knows what became of the request. */
  call(method: string, path: string, { body, headers = {} }: HubCall = {}): Promise<HubAnswer | null> {
    const text = body === undefined ? undefined : JSON.stringify(body);
    const content = text === undefined ? {} : { 'content-type': 'application/json' };
    return new Promise((resolve) => {
      const options = { port: this.#port, host: '127.0.0.1', agent: this.#agent, method, path };
      const sent = request({ ...options, headers: { ...content, ...headers } }, (answer) => {
        let received = '';
        answer.setEncoding('utf8');
        answer.on('data', (chunk: string) => (received += chunk));
        answer.on('error', () => resolve(null));
        answer.on('close', () =>
          resolve(answer.complete ? { status: answer.statusCode!, headers: answer.headers, text: received } : null),
        );
      });
      sent.on('error', () => resolve(null));
      sent.end(text);
    });
  }

  /** The JSON that a read is answered with. Throws unless the answer is 200. */
  async read<Body>(path: string): Promise<Body> {
    const answer = await this.call('GET', path);
    if (answer?.status !== 200)
      throw new Error(`GET ${path} was answered ${answer?.status ?? 'not at all'}: ${answer?.text}`);
    return JSON.parse(answer.text) as Body;
  }

  [Symbol.dispose](): void {
    this.#agent.destroy();
  }
}
