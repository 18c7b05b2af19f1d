import type { z } from 'zod';
import { requestHeaders } from './http-headers.ts';
import { describeSchemas, type JsonSchema } from './json-schema.ts';
import { inputSchemas, outputSchemas } from './named-schemas.ts';
import { headerComponents, operationOf, problemResponse, type SchemaWriter } from './open-api-operation.ts';
import { problemCatalogue, problemType, type ProblemCode } from './problem-catalogue.ts';
import type { Route } from './route.ts';
import { allRoutes } from './route-catalogue.ts';
import { transportProblems } from './route-problems.ts';
import { schemaExamples } from './schema-examples.ts';
import { sessionCookieName } from './token.ts';

const introduction = `The task board and the event log of a workspace, and the server behind them.

- Bodies are JSON in UTF-8 with \`snake_case\` members; times are RFC 3339 in UTC with milliseconds. Unknown members and unknown query parameters are refused.
- A \`client_id\` names a **workspace**: one board, one event log, one set of preferences, shared by everything that connects with it. It comes into being with its first write.
- A refusal is \`application/problem+json\` (RFC 9457) with a stable \`code\`; [errors.md](/docs/errors.md) explains each. Beside what each operation lists, any request can be answered ${transportProblems.map((code) => `${problemCatalogue[code].status} \`${code}\``).join(', ')}.
- A write is durable before it is answered. Send \`If-Match\` to change only the version you have read, and \`Idempotency-Key\` to repeat a POST safely.
- A list is an array; \`Link: rel="next"\` leads to the next page, \`X-Total-Count\` is the length of the whole list.
- The WebSocket is described in [asyncapi.json](/asyncapi.json), its events in [events.md](/docs/events.md).`;

const tags: Record<Route['tag'], string> = {
  Tasks: 'Create, read, change, import and export tasks.',
  Board: 'Columns, moves, rules and figures.',
  Approvals: 'Ask a human to decide about a task, and decide.',
  Events: 'One log per workspace, over Server-Sent Events, WebSocket, pages and long polling, with one cursor for all.',
  Streaming: 'Who is connected, and what new connections receive.',
  Access: 'Tokens, and signing a browser in.',
  System: 'Health, figures and documents.',
  'Web app': 'The app for people, as pages and files.',
};

const securitySchemes = {
  bearer: {
    type: 'http',
    scheme: 'bearer',
    description: 'Asked for when the server is bound beyond loopback, or started with LEANVIBE_AUTH=token.',
  },
  cookie: {
    type: 'apiKey',
    in: 'cookie',
    name: sessionCookieName,
    description: 'Set for a browser that opened a pairing link.',
  },
};

const schemasOf = (route: Route, io: 'input' | 'output'): z.ZodType[] => {
  const answers = Object.values(route.answers).map((answer) => answer.body);
  const schemas = io === 'input' ? [route.params, route.query, route.body] : answers;
  return schemas.filter((schema) => schema !== undefined);
};

const withExamples = (components: Record<string, JsonSchema>): Record<string, JsonSchema> => {
  const examples: Readonly<Record<string, unknown>> = schemaExamples;
  return Object.fromEntries(
    Object.entries(components).map(([name, schema]) => [
      name,
      name in examples ? { ...schema, examples: [examples[name]] } : schema,
    ]),
  );
};

const problemExamples = () =>
  Object.fromEntries(
    Object.entries(problemCatalogue).map(([code, { status, title, description }]) => [
      code,
      {
        summary: title,
        value: {
          type: problemType(code as ProblemCode),
          title,
          status,
          detail: description,
          code,
          instance: '/tasks/my-project',
          request_id: '019aa0c2-7c1e-7d4c-9d2f-5b7a3c1d9e77',
        },
      },
    ]),
  );

const headerParameters = () =>
  Object.fromEntries(
    Object.entries(requestHeaders).map(([name, { description, example }]) => [
      name,
      { name, in: 'header', required: false, description, schema: { type: 'string' }, example },
    ]),
  );

const pathsOf = (writer: SchemaWriter): Record<string, Record<string, unknown>> => {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const route of allRoutes) {
    const operations = (paths[route.path] ??= {});
    operations[route.method.toLowerCase()] = operationOf(route, writer);
  }
  return paths;
};

/** The HTTP interface as an OpenAPI 3.1 document, derived from the route catalogue. */
export const openApiDocument = ({ version }: { version: string }) => {
  const describe = (io: 'input' | 'output') =>
    describeSchemas({
      named: io === 'input' ? inputSchemas : outputSchemas,
      others: allRoutes.flatMap((route) => schemasOf(route, io)),
      io,
      target: 'draft-2020-12',
    });
  const input = describe('input');
  const output = describe('output');
  return {
    openapi: '3.1.0',
    info: { title: 'LeanVibe', version, description: introduction, license: { name: 'MIT', identifier: 'MIT' } },
    servers: [{ url: '/', description: 'This server' }],
    tags: Object.entries(tags).map(([name, description]) => ({ name, description })),
    externalDocs: { description: 'The WebSocket interface (AsyncAPI)', url: '/asyncapi.json' },
    paths: pathsOf({ input: input.schemaOf, output: output.schemaOf }),
    components: {
      schemas: withExamples({ ...output.components, ...input.components }),
      parameters: headerParameters(),
      headers: headerComponents(),
      examples: problemExamples(),
      responses: { Problem: problemResponse(405, transportProblems) },
      securitySchemes,
    },
  };
};
