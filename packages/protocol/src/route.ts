import type { z } from 'zod';
import type { AnswerHeader } from './http-headers.ts';
import type { ProblemCode } from './problem-catalogue.ts';

/**
 * Who may call a route: `public` anyone, `read` and `write` whoever the workspace's token allows, `decide` humans and devices but
 * no agents, `admin` the owner of the server.
 */
export type RouteAccess = 'public' | 'read' | 'write' | 'decide' | 'admin';

/**
 * What an answer carries: JSON of a schema, another media type, or nothing. `otherMediaTypes` are those that a parameter of the
 * request chooses instead.
 */
export type RouteAnswer = {
  description: string;
  body?: z.ZodType;
  mediaType?: string;
  otherMediaTypes?: readonly string[];
  headers?: readonly AnswerHeader[];
};

/** One route of the HTTP interface: everything that the server, the client and the OpenAPI document need to know about it. */
export type Route = {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** With `{names}` for parameters, as OpenAPI writes it. */
  path: string;
  tag: 'Tasks' | 'Board' | 'Approvals' | 'Events' | 'Streaming' | 'Access' | 'System' | 'Web app';
  summary: string;
  description?: string;
  access: RouteAccess;
  params?: z.ZodType;
  query?: z.ZodType;
  body?: z.ZodType;
  /** Whether the body may be left out. */
  bodyOptional?: boolean;
  /** Bytes; the default is 1 MiB. */
  bodyLimit?: number;
  /** Whether `If-Match` is honoured (an answer then has an `ETag`). */
  versioned?: boolean;
  /** The successful answers by status. */
  answers: Record<number, RouteAnswer>;
  /** The problems that are particular to this route. */
  errors?: readonly ProblemCode[];
};

/** Keeps the exact types of a route while checking its shape. */
export const route = <const Definition extends Route>(definition: Definition): Definition => definition;

type Parsed<Schema> = Schema extends z.ZodType ? z.output<Schema> : undefined;
type Given<Schema> = Schema extends z.ZodType ? z.input<Schema> : undefined;

/** What a handler of the route is given, after parsing. */
export type RouteInput<Definition extends Route> = {
  params: Parsed<Definition['params']>;
  query: Parsed<Definition['query']>;
  body: Parsed<Definition['body']>;
};

/** What a caller of the route gives. */
export type RouteRequest<Definition extends Route> = {
  params: Given<Definition['params']>;
  query: Given<Definition['query']>;
  body: Given<Definition['body']>;
};

type AnswerBody<Answer> = Answer extends { body: infer Schema extends z.ZodType }
  ? z.output<Schema>
  : Answer extends { mediaType: string }
    ? string
    : undefined;

/** What a caller of the route is answered, whichever of its successful statuses it is: JSON, text, or nothing. */
export type RouteReply<Definition extends Route> = {
  [Status in keyof Definition['answers']]: AnswerBody<Definition['answers'][Status]>;
}[keyof Definition['answers']];
