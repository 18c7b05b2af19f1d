/** A Server-Sent Event as a browser would hand it on. */
export type TestEvent = { id: string; type: string; data: Record<string, unknown> };

/** A Server-Sent Events client that keeps what it is sent. */
export class TestStream {
  readonly headers: Headers;
  readonly #reader: ReadableStreamDefaultReader<string>;
  #text = '';
  #ended = false;

  constructor(response: Response) {
    this.headers = response.headers;
    this.#reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  }

  get text(): string {
    return this.#text;
  }

  /** The events so far. */
  received(): TestEvent[] {
    return parseEvents(this.#text);
  }

  /** Reads on until the text so far is as it should be. */
  async until(holds: (text: string) => boolean): Promise<void> {
    while (!holds(this.#text)) {
      if (this.#ended) throw new Error(`The stream ended: ${this.#text}`);
      await this.#read();
    }
  }

  /** Waits until so many events have come. */
  async events(count: number): Promise<TestEvent[]> {
    await this.until((text) => parseEvents(text).length >= count);
    return parseEvents(this.#text);
  }

  /** Reads to the end. */
  async rest(): Promise<string> {
    while (!this.#ended) await this.#read();
    return this.#text;
  }

  async cancel(): Promise<void> {
    await this.#reader.cancel();
  }

  async #read(): Promise<void> {
    const { value, done } = await this.#reader.read();
    this.#ended = done;
    this.#text += value ?? '';
  }
}

const parseEvents = (text: string): TestEvent[] =>
  text
    .split('\n\n')
    .slice(0, -1)
    .map(
      (block) =>
        Object.fromEntries(block.split('\n').map((line) => /^(\w*): ?(.*)$/.exec(line)!.slice(1))) as Record<
          string,
          string
        >,
    )
    .filter(({ data }) => data !== undefined)
    .map(({ id, event, data }) => ({
      id: id ?? '',
      type: event ?? 'message',
      data: JSON.parse(data!) as Record<string, unknown>,
    }));
