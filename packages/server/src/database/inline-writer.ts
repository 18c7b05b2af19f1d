import { openWriteConnection, type Synchronous } from './sqlite-connection.ts';
import { JobPerformer, type Writer, type WriterJob, type WriterReply } from './writer.ts';

/** Writes on the calling thread. */
export class InlineWriter implements Writer {
  readonly #performer: JobPerformer;

  constructor(file: string, synchronous: Synchronous) {
    this.#performer = new JobPerformer(openWriteConnection(file, synchronous));
  }

  async perform(job: WriterJob): Promise<WriterReply> {
    return this.#performer.perform(job);
  }

  onLost(): void {
    // It lives and dies with its caller.
  }
}
