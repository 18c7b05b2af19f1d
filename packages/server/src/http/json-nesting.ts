const quote = 0x22;
const backslash = 0x5c;

/** Where the string that begins at `start` ends; the end of the text when it does not. */
const endOfString = (text: string, start: number): number => {
  let end = text.indexOf('"', start + 1);
  while (end !== -1) {
    let slashes = 0;
    while (text.charCodeAt(end - 1 - slashes) === backslash) slashes += 1;
    if (slashes % 2 === 0) return end;
    end = text.indexOf('"', end + 1);
  }
  return text.length;
};

/**
 * Whether a JSON text nests objects and arrays deeper than `limit`. It is asked before parsing, because what is parsed is walked by
 * recursion later.
 */
export function isNestedDeeper(text: string, limit: number): boolean {
  let depth = 0;
  for (let index = 0; index < text.length; index += 1) {
    const character = text.charCodeAt(index);
    if (character === quote) index = endOfString(text, index);
    // [ and { differ from ] and } by 2; both pairs are 0x20 apart.
    else if ((character | 0x20) === 0x7b) {
      depth += 1;
      if (depth > limit) return true;
    } else if ((character | 0x20) === 0x7d) depth -= 1;
  }
  return false;
}
