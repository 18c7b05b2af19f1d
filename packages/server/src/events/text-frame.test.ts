import fc from 'fast-check';
import { expect, it } from 'vitest';
import { textFrame } from './text-frame.ts';

/** Reads frames as RFC 6455, 5.2 says. */
function decode(bytes: Buffer): string[] {
  const messages: string[] = [];
  for (let at = 0; at < bytes.length;) {
    expect(bytes[at]).toBe(0x81);
    const short = bytes[at + 1]!;
    const [length, header] =
      short < 126
        ? [short, 2]
        : short === 126
          ? [bytes.readUInt16BE(at + 2), 4]
          : [Number(bytes.readBigUInt64BE(at + 2)), 10];
    messages.push(bytes.toString('utf8', at + header, at + header + length));
    at += header + length;
  }
  return messages;
}

it.each([0, 1, 125, 126, 127, 65_535, 65_536, 70_000])('[W3] frames a text of %d bytes', (length) => {
  const text = 'x'.repeat(length);
  expect(decode(Buffer.concat([textFrame(text), textFrame('next')]))).toEqual([text, 'next']);
});

it('[W3] frames any text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (text) => {
      expect(decode(textFrame(text))).toEqual([text]);
    }),
  );
});
