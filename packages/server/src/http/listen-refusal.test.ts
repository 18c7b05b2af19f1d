import { describe, expect, it } from 'vitest';
import { StartRefused } from '../start-refused.ts';
import { listenRefusal } from './listen-refusal.ts';

const failure = (code: string): Error => Object.assign(new Error(`listen ${code}`), { code });

describe('listenRefusal', () => {
  it.each([
    ['EADDRINUSE', 'Port 80 of 10.0.0.1 is in use by another program'],
    ['EACCES', 'Port 80 may not be used by this account'],
    ['EADDRNOTAVAIL', '10.0.0.1 is no address of this machine'],
    ['ENOTFOUND', '10.0.0.1 is no address of this machine'],
    ['EAI_AGAIN', '10.0.0.1 is no address of this machine'],
  ])('[S1] says what to do about %s', (code, text) => {
    const cause = failure(code);
    const refusal = listenRefusal(cause, '10.0.0.1', 80) as StartRefused;
    expect(refusal).toBeInstanceOf(StartRefused);
    expect(refusal.message).toContain(text);
    expect(refusal.message).toMatch(/LEANVIBE_(PORT|HOST)/);
    expect(refusal.cause).toBe(cause);
  });

  it('[S1] leaves alone what nobody expected', () => {
    const error = failure('EMFILE');
    expect(listenRefusal(error, '10.0.0.1', 80)).toBe(error);
    expect(listenRefusal('odd', '10.0.0.1', 80)).toBe('odd');
  });
});
