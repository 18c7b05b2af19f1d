import { LeanVibeError } from '@leanvibe/client/leanvibe-error';
import { problemCatalogue } from '@leanvibe/protocol/problem-catalogue';
import { StartRefused } from '@leanvibe/server/start-refused';
import { expect, it } from 'vitest';
import { CliError } from './cli-error.ts';
import { failureOf } from './failure.ts';

it.each(Object.keys(problemCatalogue))('[C3] [CLI] exits with 4 on %s, names it and says what to do', (code) => {
  const { exitCode, message, hint } = failureOf(new LeanVibeError(code, 'It was refused.', { status: 400 }));
  expect(exitCode).toBe(4);
  expect(message).toBe(`It was refused. [${code}]`);
  expect(hint).toMatch(/\w/);
});

it('[C3] [CLI] passes on a problem of a newer server, safe for the terminal', () => {
  const problem = { errors: [{ path: 'title', message: 'must be \u001b[1mshort' }] } as LeanVibeError['problem'];
  const failure = failureOf(new LeanVibeError('brand-new', 'No\u001b[2J.', { status: 418, problem }));
  expect(failure).toMatchObject({ exitCode: 4, hint: undefined, problem });
  expect(failure.message).toBe('No [2J. [brand-new]\n  title: must be  [1mshort');
});

it.each(['network-failure', 'timed-out', 'unexpected-answer'])('[CLI] exits with 3 on %s', (code) => {
  expect(failureOf(new LeanVibeError(code, 'Nobody is there.'))).toMatchObject({
    exitCode: 3,
    message: 'Nobody is there.',
  });
});

it('[CLI] names every address that did not answer', () => {
  const reasons = new AggregateError([
    new Error('connect ECONNREFUSED ::1:9'),
    new Error('connect ECONNREFUSED 127.0.0.1:9'),
  ]);
  const cause = new TypeError('fetch failed', { cause: reasons });
  expect(failureOf(new LeanVibeError('network-failure', 'Nobody is there.', { cause })).message).toBe(
    'Nobody is there (connect ECONNREFUSED ::1:9, connect ECONNREFUSED 127.0.0.1:9).',
  );
});

it('[CLI] tells what the product and the system refuse from what is a defect', () => {
  const own = new CliError('As it is.', 2);
  expect(failureOf(own)).toBe(own);
  expect(failureOf(new StartRefused('Taken.'))).toMatchObject({ exitCode: 1, message: 'Taken.', hint: undefined });
  const system = Object.assign(new Error('ENOSPC: no space left'), { code: 'ENOSPC' });
  expect(failureOf(system)).toMatchObject({ exitCode: 1, message: 'ENOSPC: no space left', hint: undefined });
  for (const defect of [new TypeError('x is undefined'), 'x is undefined']) {
    expect(failureOf(defect)).toMatchObject({
      exitCode: 1,
      message: 'Unexpected: x is undefined',
      hint: expect.any(String),
    });
  }
});
