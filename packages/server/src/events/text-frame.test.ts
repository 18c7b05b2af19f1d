import fc from 'fast-check';
import { Receiver } from 'ws';
import { expect, it } from 'vitest';
import { textFrame } from './text-frame.ts';

/** Reads frames with the parser of ws. */
const decode = (bytes: Buffer): Promise<string[]> =>
  new Promise((resolve, reject) => {
    const messages: string[] = [];
    const receiver = new Receiver({ isServer: false });
    receiver.on('message', (data: Buffer) => messages.push(data.toString()));
    receiver.on('error', reject);
    receiver.write(bytes, () => resolve(messages));
  });

it.each([0, 1, 125, 126, 127, 65_535, 65_536, 70_000])('[W3] frames a text of %d bytes', async (length) => {
  const text = 'x'.repeat(length);
  expect(await decode(Buffer.concat([textFrame(text), textFrame('next')]))).toEqual([text, 'next']);
});

it('[W3] frames any text', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'grapheme', maxLength: 200 }), async (text) => {
      expect(await decode(textFrame(text))).toEqual([text]);
    }),
  );
});
