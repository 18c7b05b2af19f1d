/** Why the server does not start, as one message for the person who started it. Nothing was changed. */
export class StartRefused extends Error {
  constructor(message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'StartRefused';
  }
}
