import { createReadStream } from 'node:fs';
import { resolve } from 'node:path';
import { addAbortSignal, type Readable } from 'node:stream';
import { CliError } from './cli-error.ts';
import type { CommandContext } from './command-context.ts';

/** The name that stands for standard input and standard output. */
export const standardStream = '-';

/** Reads a file, or standard input where its name is `-`. Throws when it is longer than `limitBytes`, or not UTF-8. */
export async function readText(name: string, limitBytes: number, context: CommandContext): Promise<string> {
  const isStandard = name === standardStream;
  const { stdin } = context.terminal.streams;
  const source = isStandard ? stdin : createReadStream(resolve(context.cwd, name));
  const what = isStandard ? 'Standard input' : name;
  const bytes = await readBytes(source, limitBytes, context.signal, what);
  try {
    // A byte order mark is what some editors put before the text; the decoder drops it.
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new CliError(`${what} is not UTF-8 text.`, undefined, { cause });
  }
}

async function readBytes(source: Readable, limitBytes: number, signal: AbortSignal, what: string): Promise<Buffer> {
  const pieces: Buffer[] = [];
  let length = 0;
  for await (const piece of addAbortSignal(signal, source)) {
    const bytes = Buffer.from(piece as Buffer | string);
    length += bytes.length;
    if (length > limitBytes) throw new CliError(`${what} is longer than ${limitBytes} bytes.`);
    pieces.push(bytes);
  }
  return Buffer.concat(pieces);
}
