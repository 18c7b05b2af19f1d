/** The one-time code in what somebody has pasted: a pairing link, or the code alone; null when there is none in it. */
export function pairingCodeIn(text: string): string | null {
  const pasted = text.trim();
  const code = URL.canParse(pasted) ? new URL(pasted).searchParams.get('code') : pasted;
  return code !== null && /^[\w-]{1,128}$/.test(code) ? code : null;
}
