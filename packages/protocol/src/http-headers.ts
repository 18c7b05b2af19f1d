import type { Route } from './route.ts';

type HeaderRow = { description: string; example: string };

/** Headers that requests may carry, by name. */
export const requestHeaders = {
  'If-Match': {
    description: 'Change only this version: the `ETag` that was read, a list of them, or `*`. Another one is a 412.',
    example: '"3"',
  },
  'If-None-Match': { description: 'Answer 304 when the `ETag` is still this one.', example: '"3"' },
  'Idempotency-Key': {
    description:
      'The same key with the same body repeats the first answer for 24 hours; with another body it is a 409.',
    example: '5f2f6f0e-3c1d-4a53-9d1f-0a3b7d0f6c11',
  },
  'X-LeanVibe-Actor': {
    description:
      'Who acts, as `human:<id>` or `agent:<id>`. Read when the server asks for no token, and from admin tokens; other tokens act in their own name.',
    example: 'agent:claude',
  },
  'Last-Event-ID': {
    description: 'Resume after this cursor; browsers send it when an EventSource connects again.',
    example: 'q1Zr8WkA.41',
  },
} as const satisfies Record<string, HeaderRow>;

/** The name of a header that requests may carry. */
export type RequestHeader = keyof typeof requestHeaders;

/** Headers that answers may carry, by name. */
export const answerHeaders = {
  'X-Request-Id': { description: 'Names the request; it stands in the log too.', example: '019aa0c2-7c1e-7d4c' },
  ETag: { description: 'The version of what is answered.', example: '"3"' },
  Location: { description: 'The address of what was made, or where to go on.', example: '/tasks/my-project' },
  Link: {
    description: 'The next page, as `rel="next"`; absent on the last one.',
    example: '</tasks/p?cursor=…>; rel="next"',
  },
  'X-Total-Count': { description: 'How many entries the whole list has.', example: '240' },
  'X-Cursor': { description: 'The position in the event log to go on from.', example: 'q1Zr8WkA.41' },
  'Content-Disposition': { description: 'The name of the file.', example: 'attachment; filename="my-project.json"' },
  'Set-Cookie': {
    description: 'The session of the browser.',
    example: 'leanvibe_session=…; HttpOnly; SameSite=Strict',
  },
  'Retry-After': { description: 'In how many seconds to try again.', example: '2' },
  Allow: { description: 'The methods that this path has.', example: 'GET, PUT' },
} as const satisfies Record<string, HeaderRow>;

/** The name of a header that answers may carry. */
export type AnswerHeader = keyof typeof answerHeaders;

const hasTag = (route: Route): boolean =>
  Object.values(route.answers).some((answer) => answer.headers?.includes('ETag') ?? false);

const streamsEvents = (route: Route): boolean =>
  Object.values(route.answers).some((answer) => answer.mediaType === 'text/event-stream');

/** Whether a read of this route is answered 304 when `If-None-Match` still holds. */
export const isConditionalRead = (route: Route): boolean => route.method === 'GET' && hasTag(route);

/** The headers that a route pays heed to, beside those that every request has. */
export const requestHeadersOf = (route: Route): RequestHeader[] => {
  const names: RequestHeader[] = [];
  if (route.versioned === true) names.push('If-Match');
  if (isConditionalRead(route)) names.push('If-None-Match');
  if (route.method === 'POST') names.push('Idempotency-Key');
  if (route.access === 'write' || route.access === 'decide') names.push('X-LeanVibe-Actor');
  if (streamsEvents(route)) names.push('Last-Event-ID');
  return names;
};
