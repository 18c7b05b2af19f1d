import { expect, it } from 'vitest';
import { HubError } from '../hub-error.ts';
import { readUpgradeTarget } from './upgrade-request.ts';

const codeOf = (target: string): string => {
  try {
    readUpgradeTarget(target);
    return 'accepted';
  } catch (error) {
    return error instanceof HubError ? error.code : String(error);
  }
};

it('[W1] reads the workspace and the query', () => {
  expect(
    readUpgradeTarget('/ws/my-project/?channels=tasks,%20agent&min_priority=low&batch_ms=20&cursor=a.1&device_id=p'),
  ).toEqual({
    clientId: 'my-project',
    query: { channels: ['tasks', 'agent'], min_priority: 'low', batch_ms: 20, cursor: 'a.1', device_id: 'p' },
  });
  expect(readUpgradeTarget('/ws/a%3Ab')).toEqual({ clientId: 'a:b', query: {} });
});

it.each([
  ['/', 'not-found'],
  ['/ws', 'not-found'],
  ['/ws/a/b', 'not-found'],
  ['/WS/a', 'not-found'],
  ['http://evil/ws/a', 'not-found'],
  ['/ws/', 'validation-failed'],
  ['/ws/.hidden', 'validation-failed'],
  ['/ws/a%2Fb', 'validation-failed'],
  ['/ws/a%00', 'validation-failed'],
  [`/ws/${'a'.repeat(129)}`, 'validation-failed'],
  ['/ws/%', 'malformed-request'],
  ['/ws/a?batch_ms=1001', 'validation-failed'],
  ['/ws/a?batch_ms=-1', 'validation-failed'],
  ['/ws/a?channels=', 'validation-failed'],
  ['/ws/a?channels=nothing', 'validation-failed'],
  ['/ws/a?cursor=', 'validation-failed'],
  ['/ws/a?cursor=a&cursor=b', 'validation-failed'],
  ['/ws/a?unknown=1', 'validation-failed'],
  ['/ws/a?__proto__=1', 'validation-failed'],
])('[C2] %.40s is refused as %s', (target, code) => {
  expect(codeOf(target)).toBe(code);
});
