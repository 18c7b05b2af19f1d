import type { RouteReply, RouteRequest } from '@leanvibe/protocol/route';
import type { OperationId, routes } from '@leanvibe/protocol/route-catalogue';

type Routes = typeof routes;

/** Free text in a query may be given as a number; a choice stays a choice. */
type QueryValue<Value> = Value extends string ? (string extends Value ? string | number : Value) : Value;
type QueryValues<Query> = { [Key in keyof Query]: QueryValue<Query[Key]> };

/** The parameters of the path of an operation. */
export type ParamsOf<Id extends OperationId> = RouteRequest<Routes[Id]>['params'];
/** The query of an operation, as a caller gives it. */
export type QueryOf<Id extends OperationId> = QueryValues<RouteRequest<Routes[Id]>['query']>;
/** The body of an operation, as a caller gives it. */
export type BodyOf<Id extends OperationId> = RouteRequest<Routes[Id]>['body'];

type Part<Name extends string, Value> = [Value] extends [undefined]
  ? { [Key in Name]?: undefined }
  : Partial<Value> extends Value
    ? { [Key in Name]?: Value | undefined }
    : { [Key in Name]: Value };

/** Everything that an operation takes; what has no required member may be left out. */
export type CallRequest<Id extends OperationId> = Part<'params', ParamsOf<Id>> &
  Part<'query', QueryOf<Id>> &
  Part<'body', BodyOf<Id>>;

/** What an operation answers: JSON as its schema says, text for other media types, or nothing. */
export type AnswerOf<Id extends OperationId> = RouteReply<Routes[Id]>;

/** What may be said about any call. */
export type CallOptions = {
  /** Ends the call, its retries and its waiting; the call then throws the reason of the signal. */
  signal?: AbortSignal | undefined;
  /** Change only this version: a version number, or an `ETag`. Another one is refused with `version-conflict`. */
  ifMatch?: number | string | undefined;
  /** Names a POST, so that repeating it does it once. Default: a new random key for each call. */
  idempotencyKey?: string | undefined;
  /** Further attempts after a failure that can be retried safely. Default: those of the client. */
  retries?: number | undefined;
  /** Milliseconds that one attempt may take, answer included; 0: no limit. Default: that of the client. */
  timeoutMs?: number | undefined;
};

/** An answer with its headers. */
export type Reply<Body> = { status: number; headers: Headers; body: Body };
