import { problemCatalogue, problemType, type ProblemCode } from '@leanvibe/protocol/problem-catalogue';
import { ProblemDetails } from '@leanvibe/protocol/problem';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RawAnswer } from '../src/http/raw-exchange-fixture.ts';
import { startTarget, type Target } from './security-fixture.ts';

let target: Target;
beforeAll(async () => {
  target = await startTarget();
});
afterAll(() => target[Symbol.asyncDispose]());

/** Expects problem details of the published list, with nothing of the inside, and the headers of every answer. */
function expectPublished(name: string, answer: RawAnswer, statuses: readonly number[]): void {
  expect([name, statuses.includes(answer.status)], answer.text.slice(0, 2000)).toEqual([name, true]);
  expect(answer.headers.get('content-type'), name).toBe('application/problem+json; charset=utf-8');
  expect(answer.headers.get('x-content-type-options'), name).toBe('nosniff');
  const problem = ProblemDetails.parse(JSON.parse(answer.body));
  const row = problemCatalogue[problem.code as ProblemCode];
  expect([name, problem.type, problem.status, problem.title]).toEqual([
    name,
    problemType(problem.code as ProblemCode),
    answer.status,
    row.title,
  ]);
  expect(problem.request_id).toBe(answer.headers.get('x-request-id'));
  expect(answer.body).not.toMatch(/node_modules|\.ts:|SQLITE|SELECT |HPE_|FST_|ERR_/);
  expect(answer.text.match(/HTTP\/1\.1 /g), name).toHaveLength(1);
}

const json = 'Content-Type: application/json';
const post = (lines: readonly string[], body = '') =>
  ['POST /tasks/alpha HTTP/1.1', target.ownHost, ...lines, '', body].join('\r\n');
const get = (path: string, lines: readonly string[] = []) =>
  [`GET ${path} HTTP/1.1`, target.ownHost, ...lines, '', ''].join('\r\n');

/** What is no request, by name, and how it may be refused. */
const shapes = (): Record<string, [bytes: string | Buffer, ...statuses: number[]]> => ({
  'no request line': ['hello\r\n\r\n', 400],
  'bytes of nothing': [Buffer.from([0, 1, 2, 3, 13, 10, 13, 10]), 400],
  'a TLS greeting': [Buffer.from('16030100a5010000a10303', 'hex'), 400],
  'the preface of HTTP/2': ['PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 400],
  'a version to come': [`GET /health HTTP/3.0\r\n${target.ownHost}\r\n\r\n`, 400],
  'a method in lower case': [`get /health HTTP/1.1\r\n${target.ownHost}\r\n\r\n`, 400],
  'a method of no one': [`FOO /health HTTP/1.1\r\n${target.ownHost}\r\n\r\n`, 400],
  'a space in the address': [get('/hea lth'), 400],
  'an address in UTF-8': [Buffer.from(get('/tasks/é')), 400],
  'an address without a slash': [get('health'), 400],
  'a long address': [get(`/${'a'.repeat(9000)}`, ['Connection: close']), 414],
  'an endless address': [get(`/${'a'.repeat(90_000)}`), 414],
  'a header without a colon': [get('/health', ['foo']), 400],
  'a space before the colon': [get('/health', ['Content-Length : 3']), 400],
  'a folded header': [get('/health', ['X-A: b', ' c']), 400],
  'a bare CR in a header': [get('/health', ['X-A: b\rc: d']), 400],
  'a NUL in a header': [get('/health', ['X-A: b\0c']), 400],
  'lines that end with LF': [`GET /health HTTP/1.1\n${target.ownHost}\n\n`, 400],
  'large headers': [get('/health', [`X: ${'a'.repeat(170_000)}`]), 431],
  'many headers': [
    get(
      '/health',
      Array.from({ length: 3000 }, (_, index) => `A${index}: b`),
    ),
    431,
  ],
  'a length and chunks': [
    post([json, 'Content-Length: 4', 'Transfer-Encoding: chunked'], `0\r\n\r\n${get('/health')}`),
    400,
  ],
  'chunks and a length': [
    post([json, 'Transfer-Encoding: chunked', 'Content-Length: 4'], `0\r\n\r\n${get('/health')}`),
    400,
  ],
  'two lengths': [post([json, 'Content-Length: 2', 'Content-Length: 5'], '{} {}'), 400],
  'the same length twice': [post([json, 'Content-Length: 2', 'Content-Length: 2'], '{}'), 400],
  'a list of lengths': [post([json, 'Content-Length: 2, 5'], '{} {}'), 400],
  'a signed length': [post([json, 'Content-Length: +2'], '{}'), 400],
  'a negative length': [post([json, 'Content-Length: -2'], '{}'), 400],
  'a hexadecimal length': [post([json, 'Content-Length: 0x2'], '{}'), 400],
  'a length beyond 2^64': [post([json, 'Content-Length: 99999999999999999999999'], '{}'), 400],
  'a length beyond 2^53': [post([json, 'Content-Length: 9007199254740993'], '{}'), 413],
  'a body in gzip': [post([json, 'Content-Encoding: gzip', 'Content-Length: 2', 'Connection: close'], '{}'), 415],
  'chunks in gzip, last': [post([json, 'Transfer-Encoding: chunked, gzip'], '2\r\n{}\r\n0\r\n\r\n'), 400],
  'chunks, spelt wrong': [
    post([json, 'Transfer-Encoding: xchunked', 'Connection: close'], '2\r\n{}\r\n0\r\n\r\n'),
    400,
  ],
  'chunks twice': [
    post([json, 'Transfer-Encoding: chunked', 'Transfer-Encoding: identity'], '2\r\n{}\r\n0\r\n\r\n'),
    400,
  ],
  'chunks behind a tab': [
    post([json, 'Transfer-Encoding:\x0bchunked', 'Connection: close'], '2\r\n{}\r\n0\r\n\r\n'),
    400,
    415,
  ],
  'a chunk of no size': [post([json, 'Transfer-Encoding: chunked'], 'zz\r\n{}\r\n0\r\n\r\n'), 400],
  'a chunk beyond 2^64': [post([json, 'Transfer-Encoding: chunked'], 'ffffffffffffffff1\r\n{}\r\n0\r\n\r\n'), 400],
  'a chunk longer than it says': [post([json, 'Transfer-Encoding: chunked'], '1\r\n{}\r\n0\r\n\r\n'), 400],
  'an endless chunk extension': [
    post([json, 'Transfer-Encoding: chunked'], `2;${'a'.repeat(20_000)}\r\n{}\r\n0\r\n\r\n`),
    413,
  ],
  'an expectation of no one': [post(['Expect: a-miracle', 'Content-Length: 0', 'Connection: close']), 400],
  'an expectation elsewhere': [
    'POST /x HTTP/1.1\r\nHost: evil\r\nExpect: a-miracle\r\nContent-Length: 0\r\nConnection: close\r\n\r\n',
    403,
  ],
  'no JSON': [post([json, 'Content-Length: 1', 'Connection: close'], '{'), 400],
  'JSON after JSON': [post([json, 'Content-Length: 4', 'Connection: close'], '{}{}'), 400],
  'text that is no UTF-8': [
    Buffer.from(post([json, 'Content-Length: 11', 'Connection: close'], '{"title":"\xff'), 'latin1'),
    400,
  ],
  'a type of no one': [post(['Content-Type: application/xml', 'Content-Length: 2', 'Connection: close'], '{}'), 415],
  'a type that is none': [post(['Content-Type: ;;;', 'Content-Length: 2', 'Connection: close'], '{}'), 415],
  'no handshake': [get('/ws/alpha', ['Connection: Upgrade', 'Upgrade: websocket']), 400],
  'a handshake for nothing': [get('/ws', ['Connection: Upgrade, close', 'Upgrade: websocket']), 404],
  'no path': [get('/nothing', ['Connection: close']), 404],
  everything: [`OPTIONS * HTTP/1.1\r\n${target.ownHost}\r\nConnection: close\r\n\r\n`, 404, 405],
  'the wrong method': [`DELETE /health HTTP/1.1\r\n${target.ownHost}\r\nConnection: close\r\n\r\n`, 405],
  'a tunnel': [`CONNECT localhost:1 HTTP/1.1\r\n${target.ownHost}\r\n\r\n`, 400],
});

describe('row 14: what is no request is a problem all the same', () => {
  it('[C3] for every shape of it, and the next is served', { timeout: 60_000 }, async () => {
    const before = target.state();
    for (const [name, [bytes, ...statuses]] of Object.entries(shapes()))
      expectPublished(name, await target.send(bytes), statuses);
    expect(target.state()).toBe(before);
    expect((await target.call('GET', '/health')).status).toBe(200);
  });

  it('[C3] a second request hidden in the first is never served', async () => {
    const before = target.state();
    const hidden = post([json, 'Content-Length: 13'], '{"title":"x"}');
    const carriers = [
      post([json, 'Content-Length: 0', 'Transfer-Encoding: chunked'], `0\r\n\r\n${hidden}`),
      post([json, 'Transfer-Encoding: chunked', 'Content-Length: 4'], `0\r\n\r\n${hidden}`),
      post([json, 'Transfer-Encoding : chunked', 'Content-Length: 4'], `0\r\n\r\n${hidden}`),
      post([json, ' Transfer-Encoding: chunked', 'Content-Length: 4'], `0\r\n\r\n${hidden}`),
      post([json, 'Content-Length: 2', 'Content-Length: 0'], `{}${hidden}`),
      get('/health', ['X: a\nTransfer-Encoding: chunked', `Y: ${hidden}`]),
      `GET /health HTTP/1.1\r\nHost: evil.example\r\nContent-Length: ${hidden.length}\r\nConnection: close\r\n\r\n${hidden}`,
      get('/ws/alpha', ['Connection: Upgrade', 'Upgrade: websocket', `Content-Length: ${hidden.length}`]) + hidden,
    ];
    for (const bytes of carriers) expect((await target.send(bytes)).text).not.toContain('HTTP/1.1 2');
    expect(target.state()).toBe(before);
  });

  it('[C9] an id of the caller is echoed only when it cannot harm a log or a header', async () => {
    const harmful = [
      'a b',
      'a"b',
      '<script>',
      `${'x'.repeat(129)}`,
      '',
      'é',
      'a,b',
      '../x',
      '\u001b[31m',
      '{"level":60}',
      '-x',
    ];
    for (const id of harmful) {
      const answer = await target.send(
        Buffer.from(get('/nothing', [`X-Request-Id: ${id}`, 'Connection: close']), 'utf8'),
      );
      const own = /^[0-9a-f-]{36}$/;
      expect([id, answer.headers.get('x-request-id')]).toEqual([
        id,
        answer.status === 404 ? expect.stringMatching(own) : expect.any(String),
      ]);
    }
    expect(
      (await target.call('GET', '/health', { headers: { 'x-request-id': 'mine-1' } })).headers.get('x-request-id'),
    ).toBe('mine-1');
    for (const line of target.logged) expect([...line.trimEnd()].filter((character) => character < ' ')).toEqual([]);
  });

  it('[C3] line ends in paths, queries and bodies get into no header', async () => {
    const evil = 'x%0d%0aX-Evil:%201%0d%0a%0d%0a<script>';
    const task = await target.task('crlf', { title: 'x' });
    await target.task('crlf', { title: 'x' });
    const paths = [
      `/${evil}`,
      `/tasks/${evil}`,
      `/tasks/crlf/${evil}`,
      `/docs/${evil}`,
      `/pair?code=${evil}`,
      `/tasks/crlf?limit=1&q=${evil}`,
      `/tasks/crlf?limit=1&q=&status=backlog&${evil}`,
      `/tasks/crlf?limit=1&assigned_to=${evil}`,
      `/events/crlf/log?limit=1&cursor=${evil}`,
      `/tasks/crlf/${task.id}/history?limit=1&cursor=${evil}`,
      `/tasks/crlf?limit=1&q=%0d%0a`,
      `/tasks/crlf?limit=1&q=x%3E;rel=%22evil%22`,
    ];
    for (const path of paths) {
      const answer = await target.raw('GET', path, [target.ownHost]);
      expect([path, answer.headers.has('x-evil')]).toEqual([path, false]);
      expect(answer.status).toBeLessThan(500);
      expect(answer.headers.get('link') ?? '').not.toMatch(/rel="evil"/);
    }
    const headers = { 'idempotency-key': 'a\tb', 'x-leanvibe-actor': 'human:a\tb' };
    for (const [name, value] of Object.entries(headers))
      expect(
        (await target.call('POST', '/tasks/crlf', { body: { title: 'x' }, headers: { [name]: value } })).status,
      ).toBe(400);
  });
});
