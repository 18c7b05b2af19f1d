import type { Route } from '@leanvibe/protocol/route';

/** Methods that a client may try; others are found only by their path. */
export const triedMethods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;

/** A path of the catalogue as Fastify writes it. */
export const routerPath = (path: string): string => path.replaceAll(/\{(\w+)\}/g, ':$1');

/** Whether `HEAD` is answered like `GET` without its body: not by streams, and not where reading has an effect. */
export const hasHead = ({ method, answers }: Route): boolean =>
  method === 'GET' && answers[200] !== undefined && answers[200].mediaType !== 'text/event-stream';

type Pattern = { segments: readonly string[]; methods: string[] };

const matches = (pattern: Pattern, segments: readonly string[]): boolean =>
  pattern.segments.length === segments.length &&
  pattern.segments.every((segment, index) => segment.startsWith('{') || segment === segments[index]);

const segmentsOf = (path: string): string[] => path.replace(/\/+$/, '').split('/');

const literals = ({ segments }: Pattern): number => segments.filter((segment) => !segment.startsWith('{')).length;

/** Which methods each path of the catalogue has, for `405` and `Allow`. */
export class MethodTable {
  readonly #byPath = new Map<string, Pattern>();

  constructor(routes: readonly Route[]) {
    for (const route of routes) {
      const pattern = this.#byPath.get(route.path) ?? { segments: segmentsOf(route.path), methods: [] };
      pattern.methods.push(...(hasHead(route) ? [route.method, 'HEAD'] : [route.method]));
      this.#byPath.set(route.path, pattern);
    }
  }

  /** The paths of the catalogue with their methods. */
  entries(): [path: string, methods: readonly string[]][] {
    return [...this.#byPath].map(([path, { methods }]) => [path, methods]);
  }

  /** The methods of the path that an address means; null: no path of the catalogue. */
  methodsAt(path: string): readonly string[] | null {
    const segments = segmentsOf(path);
    const found = [...this.#byPath.values()].filter((pattern) => matches(pattern, segments));
    // Of `/tasks/{client_id}/board` and `/tasks/{client_id}/{task_id}` the one with more of its own words is meant.
    return found.toSorted((first, second) => literals(second) - literals(first))[0]?.methods ?? null;
  }
}
