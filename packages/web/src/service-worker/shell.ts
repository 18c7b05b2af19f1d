/** One version of the app: its files by the address at which they are asked for, each with what it must be. */
export type Shell = {
  /** Changes with any of the files. */
  version: string;
  files: readonly { path: string; integrity: string }[];
};

const prefix = 'leanvibe-shell-';

/** Where the browser keeps the files of a version. */
export const cacheNameOf = ({ version }: Pick<Shell, 'version'>): string => prefix + version;

/** The pages of the app. All of them are one document. */
const pages: ReadonlySet<string> = new Set(['/', '/inbox', '/activity', '/settings']);

/** What the service worker answers: a page of the app, one of its files, or nothing, which goes to the server. */
export type Answerable = 'page' | 'file' | null;

/** What a request of this origin asks for. Answers of the interface are never kept, so they are not among it. */
export function answerableOf(pathname: string, isNavigation: boolean): Answerable {
  if (isNavigation) return pages.has(pathname.replace(/(?<=.)\/$/, '')) ? 'page' : null;
  return pathname.startsWith('/assets/') || pathname.startsWith('/app/') ? 'file' : null;
}

/**
 * The caches that are not needed any more, of all in the order in which they were made. The version before stays: windows that show it
 * go on asking for its parts until they are loaded anew.
 */
export function outdatedCaches(names: readonly string[], current: string): string[] {
  const others = names.filter((name) => name.startsWith(prefix) && name !== current);
  return others.slice(0, -1);
}
