/** Whether a path matches. */
export type PathMatcher = (path: string) => boolean;

/** `skip` and `folders` stand together for `**` and a slash: no folder at all, or any number of whole ones. */
type Token = { kind: 'one' | 'star' | 'globstar' | 'skip' | 'folders' } | { kind: 'text'; char: string };

/**
 * Compiles a glob: `*` and `?` stay within a folder, `**` crosses folders. A pattern matches at any depth unless it begins with `/`.
 * Matching takes time in proportion to pattern × path: patterns come from clients, and Node's own `matchesGlob` needs minutes for
 * some short ones.
 */
export function pathGlob(pattern: string): PathMatcher {
  const tokens = tokenize([...pattern.replaceAll('\\', '/')]);
  const anchored = pattern.startsWith('/');
  return (path) => matches(tokens, [...path.replaceAll('\\', '/')], anchored);
}

function tokenize(chars: readonly string[]): Token[] {
  const tokens: Token[] = [];
  for (let index = 0; index < chars.length; index += 1) {
    const char = chars[index]!;
    if (char === '?') {
      tokens.push({ kind: 'one' });
    } else if (char !== '*') {
      tokens.push({ kind: 'text', char });
    } else if (chars[index + 1] !== '*') {
      tokens.push({ kind: 'star' });
    } else {
      const startsSegment = index === 0 || chars[index - 1] === '/';
      while (chars[index + 1] === '*') index += 1;
      if (startsSegment && chars[index + 1] === '/') {
        tokens.push({ kind: 'skip' }, { kind: 'folders' });
        index += 1;
      } else {
        tokens.push({ kind: 'globstar' });
      }
    }
  }
  return tokens;
}

/** Follows all ways through the pattern at once, so that no path makes it start again. */
function matches(tokens: readonly Token[], chars: readonly string[], anchored: boolean): boolean {
  let places = reachable(tokens, new Set([0]));
  for (const char of chars) {
    const next = new Set<number>();
    for (const place of places) step(tokens[place], place, char, next);
    if (!anchored && char === '/') next.add(0);
    places = reachable(tokens, next);
  }
  return places.has(tokens.length);
}

/** Where one character leads from a place in the pattern. */
function step(token: Token | undefined, place: number, char: string, next: Set<number>): void {
  const inside = char !== '/';
  switch (token?.kind) {
    case 'text':
      if (token.char === char) next.add(place + 1);
      break;
    case 'one':
      if (inside) next.add(place + 1);
      break;
    case 'star':
      if (inside) next.add(place);
      break;
    case 'globstar':
      next.add(place);
      break;
    case 'folders':
      next.add(place);
      if (!inside) next.add(place + 1);
      break;
    case 'skip':
    case undefined:
      break;
  }
}

/** Adds the places that are reached without a character. */
function reachable(tokens: readonly Token[], places: Set<number>): Set<number> {
  for (const place of places) {
    const kind = tokens[place]?.kind;
    if (kind === 'star' || kind === 'globstar') places.add(place + 1);
    if (kind === 'skip') places.add(place + 1).add(place + 2);
  }
  return places;
}
