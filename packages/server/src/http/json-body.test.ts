import { describe, expect, it } from 'vitest';
import { serveEverything, startHttpServer } from './http-server-fixture.ts';

type Case = {
  body?: string | Uint8Array;
  type?: string | null;
  method?: string;
  path?: string;
  more?: Record<string, string>;
};

const ask = async ({ body, type = 'application/json', method = 'POST', path = '/tasks/p', more = {} }: Case) => {
  await using server = await startHttpServer({ routes: serveEverything });
  const headers = { ...(type === null ? {} : { 'content-type': type }), ...more };
  const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body;
  const response = await server.fetch(path, { method, headers, body: (bytes ?? null) as BodyInit | null });
  return { status: response.status, answer: (await response.json()) as Record<string, unknown> };
};

const aTask = '/tasks/p/019aa0c2-7c1e-7d4c-9d2f-5b7a3c1d9e01';
const nested = (depth: number, open: string, close: string): string => `${open.repeat(depth)}0${close.repeat(depth)}`;

describe('a JSON body', () => {
  it.each([
    ['in UTF-8, with its type in any form', { body: '{"title":"é😀"}', type: 'Application/JSON; charset=UTF-8' }],
    ['after a byte order mark', { body: '\uFEFF{"title":"t"}' }],
    ['of any order and space', { body: ' { "status":"done" ,\n"title" : "t" } ' }],
    [
      'with members that only look dangerous',
      { body: '{"title":"t","metadata":{"constructor":1,"toString":2,"prototype":3}}' },
    ],
    ['with text about prototypes', { body: '{"title":"\\"__proto__\\":"}' }],
    ['as a merge patch', { body: '{"title":"t"}', type: 'application/merge-patch+json', method: 'PATCH', path: aTask }],
  ] satisfies [string, Case][])('[C1] is read %s', async (_name, given) => {
    expect(await ask(given)).toMatchObject({ status: 200 });
  });

  it.each([
    ['broken', { body: '{"title":' }],
    ['no value at all', { body: '   ' }],
    ['two values', { body: '{"title":"t"}{}' }],
    ['not UTF-8', { body: Uint8Array.of(0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d) }],
    ['UTF-16', { body: new Uint8Array(Buffer.from('{"title":"t"}', 'utf16le')) }],
    ['with __proto__', { body: '{"title":"t","__proto__":{"admin":true}}' }],
    ['with __proto__ deep within', { body: '{"title":"t","metadata":{"a":[{"__proto__":1}]}}' }],
    ['with __proto__ in other letters', { body: '{"title":"t","\\u005f_proto__":{"admin":true}}' }],
    ['with constructor.prototype', { body: '{"title":"t","constructor":{"prototype":{"admin":true}}}' }],
    ['nested 65 deep', { body: nested(65, '[', ']') }],
    ['nested half a million deep', { body: nested(500_000, '[', ']') }],
    ['nested in objects', { body: nested(100_000, '{"a":', '}') }],
    ['opened and never closed', { body: '['.repeat(1_000_000) }],
  ] satisfies [string, Case][])('[C3] is 400 malformed-json when it is %s', async (_name, given) => {
    expect(await ask(given)).toMatchObject({ status: 400, answer: { code: 'malformed-json' } });
    expect(({} as { admin?: boolean }).admin).toBeUndefined();
  });

  it('[S4] may be nested as deep as a task may carry it', async () => {
    const metadata = JSON.parse(nested(31, '{"a":', '}')) as object;
    expect(await ask({ body: JSON.stringify({ title: 't', metadata }) })).toMatchObject({ status: 200 });
  });

  it.each([
    ['text', { body: '{"title":"t"}', type: 'text/plain' }],
    ['a form', { body: 'title=t', type: 'application/x-www-form-urlencoded' }],
    ['an upload', { body: '--x--', type: 'multipart/form-data; boundary=x' }],
    ['like JSON, but not', { body: '{"title":"t"}', type: 'application/jsonp' }],
    ['of a list of types', { body: '{"title":"t"}', type: 'text/plain, application/json' }],
    ['of no type', { body: '{"title":"t"}', type: null }],
    ['of a broken type', { body: '{"title":"t"}', type: 'json' }],
    ['a merge patch where something is made', { body: '{"title":"t"}', type: 'application/merge-patch+json' }],
    ['compressed', { body: '{"title":"t"}', more: { 'content-encoding': 'gzip' } }],
  ] satisfies [string, Case][])('[C3] is 415 when it is %s', async (_name, given) => {
    expect(await ask(given)).toMatchObject({ status: 415, answer: { code: 'unsupported-media-type' } });
  });
});

describe('no body', () => {
  it('[C1] is what no bytes are, whatever their type', async () => {
    const required = await ask({});
    expect(required).toMatchObject({ status: 400, answer: { errors: [{ message: 'a JSON body is required' }] } });
    expect(await ask({ method: 'DELETE', path: aTask })).toMatchObject({ status: 200 });
    expect(await ask({ path: `${aTask}/restore`, type: null })).toMatchObject({ status: 200 });
    expect(await ask({ path: `${aTask}/approve` })).toMatchObject({ status: 200, answer: { input: { body: {} } } });
  });

  it('[C3] is expected where a route has none: {} is let pass, members are named', async () => {
    expect(await ask({ path: `${aTask}/restore`, body: '{}' })).toMatchObject({ status: 200 });
    expect(await ask({ path: `${aTask}/restore`, body: '{"force":true}' })).toMatchObject({
      status: 400,
      answer: { errors: [{ path: 'force', message: 'is not known here' }] },
    });
  });
});
