import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readClientFrame } from './client-frame.ts';

const codeOf = (text: string): string => {
  const read = readClientFrame(text);
  return 'refusal' in read ? read.refusal.code : read.frame.type;
};

describe('a frame of a client', () => {
  it.each([
    ['{"type":"heartbeat"}', 'heartbeat'],
    ['{"type":"heartbeat","timestamp":"x"}', 'heartbeat'],
    ['{"type":"ack","cursor":"abcdefgh.1"}', 'ack'],
    ['{"type":"subscribe","channels":["tasks"],"min_priority":"high","batch_ms":50}', 'subscribe'],
    ['{"type":"command","request_id":"1","command":"/status"}', 'command'],
    ['', 'malformed-frame'],
    ['{', 'malformed-frame'],
    ['null', 'malformed-frame'],
    ['[]', 'malformed-frame'],
    ['"heartbeat"', 'malformed-frame'],
    ['{"type":"heartbeat","__proto__":{"admin":true}}', 'malformed-frame'],
    ['{"type":"message","request_id":"1","content":"x","context":{"constructor":{"prototype":{}}}}', 'malformed-frame'],
    ['{"type":"message","request_id":"1","content":"x","context":{"constructor":"Volvo"}}', 'message'],
    [`{"type":"heartbeat","timestamp":${'['.repeat(50_000)}${']'.repeat(50_000)}}`, 'malformed-frame'],
    ['{}', 'unknown-frame'],
    ['{"type":7}', 'unknown-frame'],
    ['{"type":"hello"}', 'unknown-frame'],
    ['{"type":"constructor"}', 'unknown-frame'],
    ['{"type":"__proto__"}', 'unknown-frame'],
    ['{"type":"ack"}', 'validation-failed'],
    ['{"type":"ack","cursor":7}', 'validation-failed'],
    ['{"type":"heartbeat","extra":1}', 'validation-failed'],
    ['{"type":"subscribe","channels":[]}', 'validation-failed'],
    ['{"type":"subscribe","channels":["nothing"]}', 'validation-failed'],
    ['{"type":"subscribe","batch_ms":1001}', 'validation-failed'],
    ['{"type":"command","command":"/status"}', 'validation-failed'],
  ])('[W5] %.80s is %s', (text, code) => {
    expect(codeOf(text)).toBe(code);
  });

  it('[W5] keeps the request_id of what is refused', () => {
    const read = readClientFrame('{"type":"command","request_id":"r7","command":7}');
    expect(read).toMatchObject({ refusal: { requestId: 'r7', detail: expect.stringContaining('command') } });
  });

  it('[W5] names each member that is not known', () => {
    expect(readClientFrame('{"type":"heartbeat","chanels":1}')).toMatchObject({
      refusal: { detail: expect.stringContaining('chanels') },
    });
  });

  it('[W5] gives any text a frame or a refusal', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        expect(readClientFrame(text)).toBeTypeOf('object');
      }),
    );
  });
});
