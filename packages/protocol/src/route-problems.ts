import type { ProblemCode } from './problem-catalogue.ts';
import type { Route } from './route.ts';

/** What any request can be answered with, whatever its route. */
const always: readonly ProblemCode[] = [
  'malformed-request',
  'validation-failed',
  'host-not-allowed',
  'origin-not-allowed',
  'rate-limited',
  'internal-error',
];

/** What only what arrives before a route is known can be answered with; documented once, for the whole interface. */
export const transportProblems: readonly ProblemCode[] = [
  'not-found',
  'method-not-allowed',
  'request-timeout',
  'uri-too-long',
  'headers-too-large',
];

const bodyProblems: readonly ProblemCode[] = ['malformed-json', 'payload-too-large', 'unsupported-media-type'];

/** Every problem that a route can answer with: its own and those that follow from what it is. */
export const problemsOf = (route: Route): ProblemCode[] => {
  const codes = new Set<ProblemCode>(always);
  const add = (more: readonly ProblemCode[]) => more.forEach((code) => codes.add(code));
  if (route.body !== undefined) add(bodyProblems);
  if (route.access !== 'public') add(['unauthorized', 'forbidden', 'storage-unavailable', 'shutting-down']);
  if (route.access !== 'public' && route.method !== 'GET') add(['storage-full']);
  if (route.method === 'POST') add(['idempotency-conflict']);
  add(route.errors ?? []);
  return [...codes];
};
