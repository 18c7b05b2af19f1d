import type { z } from 'zod';
import { answerHeaders, isConditionalRead, requestHeadersOf, type AnswerHeader } from './http-headers.ts';
import type { JsonSchema } from './json-schema.ts';
import { problemCatalogue, type ProblemCode } from './problem-catalogue.ts';
import type { Route, RouteAccess, RouteAnswer } from './route.ts';
import { problemsOf } from './route-problems.ts';

/** Turns the schemas of routes into what stands in the document. */
export type SchemaWriter = {
  input: (schema: z.ZodType) => JsonSchema;
  output: (schema: z.ZodType) => JsonSchema;
};

type Members = Readonly<Record<string, unknown>>;

const accessNotes: Record<RouteAccess, string> = {
  public: 'Needs no token.',
  read: 'Any token of the workspace may call this.',
  write: 'Any token of the workspace that is not read-only may call this.',
  decide: 'Humans and devices may call this; agents and read-only tokens may not.',
  admin: 'Needs an admin token, where tokens are asked for.',
};

const security = (access: RouteAccess): Members[] => (access === 'public' ? [] : [{}, { bearer: [] }, { cookie: [] }]);

const pathParameter = (name: string, schema: unknown): Members => ({ name, in: 'path', required: true, schema });

/** A filter that may be repeated is, for a reader, a list; one that is text with commas is a list that is not repeated. */
const queryParameter = (name: string, schema: JsonSchema, required: boolean): Members => {
  const { description, ...rest } = schema;
  const list = (rest['anyOf'] as JsonSchema[] | undefined)?.find((option) => option['type'] === 'array');
  return {
    name,
    in: 'query',
    required,
    ...(description === undefined ? {} : { description }),
    ...(rest['type'] === 'array' ? { style: 'form', explode: false } : {}),
    ...(list === undefined ? { schema: rest } : { style: 'form', explode: true, schema: list }),
  };
};

const propertiesOf = (schema: z.ZodType | undefined, writer: SchemaWriter): [string, JsonSchema, boolean][] => {
  if (schema === undefined) return [];
  const { properties = {}, required = [] } = writer.input(schema) as {
    properties?: Record<string, JsonSchema>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, property]) => [name, property, required.includes(name)]);
};

const parametersOf = (route: Route, writer: SchemaWriter): Members[] => [
  ...propertiesOf(route.params, writer).map(([name, schema]) => pathParameter(name, schema)),
  ...propertiesOf(route.query, writer).map(([name, schema, required]) => queryParameter(name, schema, required)),
  ...requestHeadersOf(route).map((name) => ({ $ref: `#/components/parameters/${name}` })),
];

const requestBodyOf = (route: Route, body: z.ZodType, writer: SchemaWriter): Members => ({
  required: route.bodyOptional !== true,
  content: { 'application/json': { schema: writer.input(body) } },
});

const headerReferences = (names: readonly AnswerHeader[]): Members =>
  Object.fromEntries(
    ['X-Request-Id' as const, ...names].map((name) => [name, { $ref: `#/components/headers/${name}` }]),
  );

const textContent = (mediaType: string): Members => ({ [mediaType]: { schema: { type: 'string' } } });

const contentOf = (answer: RouteAnswer, writer: SchemaWriter): Members => ({
  ...(answer.body === undefined ? {} : { 'application/json': { schema: writer.output(answer.body) } }),
  ...(answer.mediaType === undefined ? {} : textContent(answer.mediaType)),
  ...Object.assign({}, ...(answer.otherMediaTypes ?? []).map(textContent)),
});

type Response = { description: string; headers: Members; content?: Members };

const successOf = (answer: RouteAnswer, writer: SchemaWriter): Response => {
  const content = contentOf(answer, writer);
  return {
    description: answer.description,
    headers: headerReferences(answer.headers ?? []),
    ...(Object.keys(content).length === 0 ? {} : { content }),
  };
};

const headersOfProblem: Partial<Record<number, readonly AnswerHeader[]>> = {
  405: ['Allow'],
  429: ['Retry-After'],
  503: ['Retry-After'],
};

/** The answer for the problems of one status: what each means stands in the description, and there is an example of each. */
export const problemResponse = (status: number, codes: readonly ProblemCode[]): Response => ({
  description: codes.map((code) => `\`${code}\`: ${problemCatalogue[code].title}.`).join('\n\n'),
  headers: headerReferences(headersOfProblem[status] ?? []),
  content: {
    'application/problem+json': {
      schema: { $ref: '#/components/schemas/ProblemDetails' },
      examples: Object.fromEntries(codes.map((code) => [code, { $ref: `#/components/examples/${code}` }])),
    },
  },
});

const responsesOf = (route: Route, writer: SchemaWriter): Record<string, Members> => {
  const responses: Record<string, Response> = {};
  for (const [status, answer] of Object.entries(route.answers)) responses[status] = successOf(answer, writer);
  if (isConditionalRead(route)) {
    responses['304'] = { description: 'Nothing has changed', headers: headerReferences(['ETag']) };
  }
  for (const [status, codes] of Map.groupBy(problemsOf(route), (code) => problemCatalogue[code].status)) {
    responses[status] = problemResponse(status, codes);
  }
  return { ...responses, default: { $ref: '#/components/responses/Problem' } };
};

/** One route as an OpenAPI operation. */
export const operationOf = (route: Route & { operationId: string }, writer: SchemaWriter): Members => ({
  operationId: route.operationId,
  tags: [route.tag],
  summary: route.summary,
  description: [route.description, accessNotes[route.access]].filter(Boolean).join('\n\n'),
  security: security(route.access),
  parameters: parametersOf(route, writer),
  ...(route.body === undefined ? {} : { requestBody: requestBodyOf(route, route.body, writer) }),
  responses: responsesOf(route, writer),
});

/** The headers of answers as components. */
export const headerComponents = (): Members =>
  Object.fromEntries(
    Object.entries(answerHeaders).map(([name, { description, example }]) => [
      name,
      { description, schema: { type: 'string' }, example },
    ]),
  );
