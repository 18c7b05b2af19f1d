const segmenter = new Intl.Segmenter();

const invisible = /^[\p{Mn}\p{Me}\p{Cf}]+$/u;
const wide =
  /^(?:\p{Emoji_Presentation}|\p{Emoji}\ufe0f|[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u3000-\u303e\uff01-\uff60\uffe0-\uffe6])/u;

const columnsOf = (grapheme: string): number => (invisible.test(grapheme) ? 0 : wide.test(grapheme) ? 2 : 1);

/** What a person sees as single characters. */
const graphemes = (text: string): string[] => [...segmenter.segment(text)].map((part) => part.segment);

/** How many columns of a terminal a text takes: East Asian characters and emoji take two. */
export const textWidth = (text: string): number =>
  graphemes(text).reduce((sum, grapheme) => sum + columnsOf(grapheme), 0);

/** The text in exactly `width` columns: filled with blanks, or cut with an ellipsis. */
export function fitText(text: string, width: number): string {
  const natural = textWidth(text);
  if (natural <= width) return text + ' '.repeat(width - natural);
  let used = 0;
  let kept = '';
  for (const grapheme of graphemes(text)) {
    const columns = columnsOf(grapheme);
    if (used + columns > width - 1) break;
    kept += grapheme;
    used += columns;
  }
  return `${kept}…${' '.repeat(Math.max(0, width - used - 1))}`;
}
