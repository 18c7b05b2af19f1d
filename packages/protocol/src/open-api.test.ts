import { Validator } from '@seriousme/openapi-schema-validator';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { requestHeaders } from './http-headers.ts';
import { inputSchemas, outputSchemas } from './named-schemas.ts';
import { openApiDocument } from './open-api.ts';
import { problemCatalogue, type ProblemCode } from './problem-catalogue.ts';
import { allRoutes } from './route-catalogue.ts';
import { problemsOf, transportProblems } from './route-problems.ts';
import { schemaExamples } from './schema-examples.ts';

type Parameter = { $ref?: string; name: string; in: string; schema: Record<string, unknown>; explode?: boolean };
type Response = { description: string; content?: Record<string, { examples?: object }>; headers?: object };
type Operation = {
  operationId: string;
  parameters: Parameter[];
  requestBody?: { required: boolean };
  responses: Record<string, Response>;
  security: object[];
};

const document = openApiDocument({ version: '1.2.3' });
const paths = document.paths as Record<string, Record<string, Operation>>;
const operation = (method: string, path: string): Operation => paths[path]![method]!;

const references = (value: unknown): string[] => {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, member]) =>
    key === '$ref' && typeof member === 'string' ? [member] : references(member),
  );
};

const resolve = (reference: string): unknown =>
  reference
    .slice(2)
    .split('/')
    .reduce<unknown>((node, key) => (node as Record<string, unknown> | undefined)?.[key], document);

describe('openApiDocument', () => {
  it('[C8] is a valid OpenAPI 3.1 document, and a broken one would be noticed', async () => {
    const validator = new Validator();
    expect(await validator.validate(structuredClone(document) as Record<string, unknown>)).toEqual({ valid: true });
    expect(validator.version).toBe('3.1');
    const broken = { ...structuredClone(document), paths: { '/x': { get: { responses: 7 } } } };
    expect((await new Validator().validate(broken as Record<string, unknown>)).valid).toBe(false);
  });

  it('[C8] refers to nothing that is not there', () => {
    const dangling = references(document).filter((reference) => resolve(reference) === undefined);
    expect(references(document).length).toBeGreaterThan(100);
    expect(dangling).toEqual([]);
  });

  it('[C8] has every route of the catalogue and no other', () => {
    const described = Object.entries(paths).flatMap(([path, operations]) =>
      Object.entries(operations).map(([method, { operationId }]) => `${method.toUpperCase()} ${path} ${operationId}`),
    );
    expect(described.toSorted()).toEqual(allRoutes.map((r) => `${r.method} ${r.path} ${r.operationId}`).toSorted());
  });

  it('[C8] carries the version it is given', () => {
    expect(document.info.version).toBe('1.2.3');
  });

  it('[C3] lists each problem of each route under its status, with an example', () => {
    for (const route of allRoutes) {
      const { responses } = operation(route.method.toLowerCase(), route.path);
      for (const code of problemsOf(route)) {
        const response = responses[problemCatalogue[code].status];
        expect(response?.description).toContain(`\`${code}\``);
        expect(response?.content?.['application/problem+json']?.examples).toHaveProperty([code]);
      }
    }
  });

  it('[C3] names for every route what follows from its kind', () => {
    const read = problemsOf(allRoutes.find((route) => route.operationId === 'getTask')!);
    expect(read).toEqual(expect.arrayContaining(['unauthorized', 'forbidden', 'rate-limited', 'internal-error']));
    expect(read).not.toContain('payload-too-large');
    expect(read).not.toContain('idempotency-conflict');
    const create = problemsOf(allRoutes.find((route) => route.operationId === 'createTask')!);
    expect(create).toEqual(expect.arrayContaining(['malformed-json', 'payload-too-large', 'storage-full']));
    expect(create).toContain('idempotency-conflict');
    const health = problemsOf(allRoutes.find((route) => route.operationId === 'getHealth')!);
    expect(health).not.toContain('unauthorized');
  });

  it('[C3] tells once what any request can be answered with before its route is known', () => {
    for (const code of transportProblems) expect(document.info.description).toContain(`\`${code}\``);
  });

  it.each([
    ['If-Match', 'patch', '/tasks/{client_id}/{task_id}', true],
    ['If-Match', 'get', '/tasks/{client_id}/{task_id}', false],
    ['If-None-Match', 'get', '/tasks/{client_id}', true],
    ['If-None-Match', 'get', '/health', false],
    ['Idempotency-Key', 'post', '/tasks/{client_id}', true],
    ['Idempotency-Key', 'put', '/tasks/{client_id}/board/rules', false],
    ['X-LeanVibe-Actor', 'post', '/tasks/{client_id}/{task_id}/approve', true],
    ['X-LeanVibe-Actor', 'get', '/tasks/{client_id}', false],
    ['Last-Event-ID', 'get', '/events/{client_id}', true],
    ['Last-Event-ID', 'get', '/events/{client_id}/log', false],
  ] as const)('[C5][C6][E4] %s of %s %s: %s', (name, method, path, expected) => {
    const names = operation(method, path).parameters.map((parameter) => parameter.$ref);
    expect(names.includes(`#/components/parameters/${name}`)).toBe(expected);
    expect(Object.keys(requestHeaders)).toContain(name);
  });

  it('[C5] describes 304 where an ETag is read', () => {
    expect(operation('get', '/tasks/{client_id}').responses).toHaveProperty('304');
    expect(operation('post', '/tasks/{client_id}').responses).not.toHaveProperty('304');
  });

  it('[T2] describes repeated filters as lists and numbers as numbers', () => {
    const { parameters } = operation('get', '/tasks/{client_id}');
    const parameter = (name: string) => parameters.find((each) => each.name === name)!;
    expect(parameter('status')).toMatchObject({ explode: true, schema: { type: 'array' } });
    expect(parameter('limit').schema).toEqual({ type: 'integer', minimum: 1, maximum: 1000, default: 100 });
    expect(parameter('sort').schema).toMatchObject({ default: 'position' });
    expect(parameter('client_id')).toMatchObject({ in: 'path', required: true });
  });

  it('[E4] describes the channels of a stream as a comma list', () => {
    const { parameters } = operation('get', '/events/{client_id}');
    const channels = parameters.find((each) => each.name === 'channels');
    expect(channels).toMatchObject({ style: 'form', explode: false, schema: { type: 'array' } });
  });

  it('[T13] offers the export as CSV too', () => {
    const content = operation('get', '/tasks/{client_id}/export').responses['200']?.content;
    expect(Object.keys(content ?? {})).toEqual(['application/json', 'text/csv']);
  });

  it('[C9] tells a component that is down from a server that stops', () => {
    const mediaTypes = (path: string) => Object.keys(operation('get', path).responses['503']?.content ?? {});
    expect(mediaTypes('/health')).toEqual(['application/json']);
    expect(mediaTypes('/ready')).toEqual(['application/problem+json']);
  });

  it('[T11] asks for a body only where one is needed', () => {
    expect(operation('post', '/tasks/{client_id}/{task_id}/approve').requestBody?.required).toBe(false);
    expect(operation('post', '/tasks/{client_id}/{task_id}/reject').requestBody?.required).toBe(true);
    expect(operation('get', '/tasks/{client_id}').requestBody).toBeUndefined();
  });

  it('[S3] says which routes need no token', () => {
    expect(operation('get', '/health').security).toEqual([]);
    expect(operation('get', '/tasks/{client_id}').security).toEqual([{}, { bearer: [] }, { cookie: [] }]);
  });

  it.each(Object.keys(schemaExamples))(
    '[C8] has an example of %s that both the schema and its description accept',
    (name) => {
      const key = name as keyof typeof schemaExamples;
      const schema = { ...inputSchemas, ...outputSchemas }[key];
      expect(schema.safeParse(schemaExamples[key]).error).toBeUndefined();
      const ajv = new Ajv2020({ strict: false, validateFormats: false });
      ajv.addSchema(document, 'document');
      const validate = ajv.getSchema(`document#/components/schemas/${name}`)!;
      expect(validate(schemaExamples[key])).toBe(true);
      expect(validate(42)).toBe(false);
    },
  );

  it('[C3] gives each problem an example that is one', () => {
    const examples = document.components.examples as Record<string, { value: unknown }>;
    for (const code of Object.keys(problemCatalogue) as ProblemCode[]) {
      expect(outputSchemas.ProblemDetails.parse(examples[code]?.value)).toMatchObject({ code });
    }
  });
});
