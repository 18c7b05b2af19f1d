/** Members of a document by their path, such as `columns.backlog.wip_limit`. Lists are values. */
type Leaves = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

// The server sets these.
const ofTheServer = new Set(['client_id', 'version', 'updated_at']);

const leavesBelow = (value: unknown, path: string): [string, unknown][] =>
  isObject(value)
    ? Object.entries(value).flatMap(([name, member]) => leavesBelow(member, path === '' ? name : `${path}.${name}`))
    : [[path, value]];

/** Every value in a document that can be changed, by its path. */
export const leavesOf = (document: object): Leaves =>
  Object.fromEntries(leavesBelow(document, '').filter(([path]) => !ofTheServer.has(path)));

const isSame = (first: unknown, second: unknown): boolean => JSON.stringify(first) === JSON.stringify(second);

/** The paths at which two documents of one kind differ. */
export function changedPaths(before: object, after: object): string[] {
  const [old, now] = [leavesOf(before), leavesOf(after)];
  return [...new Set([...Object.keys(old), ...Object.keys(now)])].filter((path) => !isSame(old[path], now[path]));
}

/** The document with another value at a path. */
export function withValue<Document extends object>(document: Document, path: string, value: unknown): Document {
  const [name, ...rest] = path.split('.');
  const member = (document as Record<string, unknown>)[name!];
  const below = isObject(member) ? member : {};
  return { ...document, [name!]: rest.length === 0 ? value : withValue(below, rest.join('.'), value) };
}

const withPaths = <Document extends object>(document: Document, source: object, paths: readonly string[]): Document => {
  const values = leavesOf(source);
  return paths.reduce((changed, path) => withValue(changed, path, values[path]), document);
};

/** The part of a draft that differs from what it was made of, as a partial update takes it. */
export const updateOf = (base: object, draft: object): Record<string, unknown> =>
  withPaths<Record<string, unknown>>({}, draft, changedPaths(base, draft));

/** The paths that were changed here and elsewhere, to different values. */
export function collisionsOf(base: object, draft: object, current: object): string[] {
  const elsewhere = new Set(changedPaths(base, current));
  const different = new Set(changedPaths(draft, current));
  return changedPaths(base, draft).filter((path) => elsewhere.has(path) && different.has(path));
}

/** What the document has become elsewhere, with the changes of a draft on top. */
export const rebased = <Document extends object>(base: Document, draft: Document, current: Document): Document =>
  withPaths(current, draft, changedPaths(base, draft));
