import { describe, expect, it } from 'vitest';
import { pairingCodeIn } from './pairing-code.ts';

describe('pairingCodeIn', () => {
  it.each([
    ['http://192.168.1.5:8765/pair?code=a-B_9', 'a-B_9'],
    ['  https://hub.example/pair?code=abc&x=1\n', 'abc'],
    ['abc', 'abc'],
    ['http://192.168.1.5:8765/', null],
    ['', null],
    ['two words', null],
    ['http://192.168.1.5/pair?code=%3Cscript%3E', null],
  ])('[Sign-in] finds the code in %j', (text, code) => {
    expect(pairingCodeIn(text)).toBe(code);
  });
});
