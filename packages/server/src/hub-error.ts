import { problemCatalogue, type ProblemCode } from '@leanvibe/protocol/problem-catalogue';

/** Members that a problem carries beside the standard ones, such as `errors`, `current` or `blocked_by`. */
export type ProblemExtensions = Readonly<Record<string, unknown>>;

/**
 * The one error that the product throws on purpose. `code` is a row of the problem catalogue, `detail` a sentence for the reader
 * about this occurrence; it is sent to the client, so it never carries the text of an unexpected exception (that is the `cause`).
 */
export class HubError extends Error {
  readonly code: ProblemCode;
  readonly extensions: ProblemExtensions;

  constructor(code: ProblemCode, detail?: string, options: { cause?: unknown; extensions?: ProblemExtensions } = {}) {
    super(
      detail ?? problemCatalogue[code].description,
      options.cause === undefined ? undefined : { cause: options.cause },
    );
    this.name = 'HubError';
    this.code = code;
    this.extensions = options.extensions ?? {};
  }

  /** The HTTP status of the problem. */
  get status(): number {
    return problemCatalogue[this.code].status;
  }
}
