type Named = { label: string; keywords?: string | undefined };

/** How well a name fits what was typed, lower is better; null when a word is missing. */
function rankOf({ label, keywords = '' }: Named, words: readonly string[]): number | null {
  const name = label.toLowerCase();
  const text = `${name} ${keywords.toLowerCase()}`;
  if (!words.every((word) => text.includes(word))) return null;
  const [first = ''] = words;
  if (name.startsWith(first)) return 0;
  if (name.includes(` ${first}`)) return 1;
  return name.includes(first) ? 2 : 3;
}

/** What fits what was typed, best first; what fits equally well stays in order. */
export function rankChoices<Choice extends Named>(choices: readonly Choice[], typed: string): Choice[] {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return [...choices];
  return choices
    .flatMap((choice) => {
      const rank = rankOf(choice, words);
      return rank === null ? [] : [{ choice, rank }];
    })
    .toSorted((first, second) => first.rank - second.rank)
    .map(({ choice }) => choice);
}
