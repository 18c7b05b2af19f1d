/** The cursor of the page after this one, from the `Link` header; null on the last page. */
export function nextCursor(headers: Headers): string | null {
  for (const [, address, parameters] of (headers.get('link') ?? '').matchAll(/<([^>]*)>([^<]*)/g)) {
    if (!/;\s*rel="?next"?/.test(parameters!)) continue;
    const query = address!.slice(address!.indexOf('?') + 1);
    return new URLSearchParams(query).get('cursor');
  }
  return null;
}

/** How many entries the whole list has. */
export const totalCount = (headers: Headers): number => Number(headers.get('x-total-count') ?? 0);

/** Walks through all pages, entry by entry. A page is read when its first entry is asked for. */
export async function* walkPages<Entry>(
  readPage: (cursor: string | number | undefined) => Promise<{ entries: readonly Entry[]; next: string | null }>,
  start?: string | number,
): AsyncGenerator<Entry, void, undefined> {
  for (let cursor = start; ;) {
    const { entries, next } = await readPage(cursor);
    yield* entries;
    if (next === null) return;
    cursor = next;
  }
}
