import type { Token } from '@leanvibe/protocol/token';
import { HubError } from '../hub-error.ts';
import { jsonAnswer } from '../http/answer.ts';
import type { Answer } from '../http/route-binding.ts';

/** A page of tokens that are listed newest first; a cursor is the id of the last token of the page before. */
export function pageOfTokens(
  tokens: readonly Token[],
  { limit, cursor }: { limit: number; cursor?: string | undefined },
): Answer {
  const before = cursor === undefined ? -1 : tokens.findIndex(({ id }) => id === cursor);
  if (cursor !== undefined && before === -1) throw new HubError('cursor-invalid');
  const rest = tokens.slice(before + 1);
  const page = rest.slice(0, limit);
  const last = page.at(-1);
  const headers: Record<string, string> = { 'x-total-count': String(tokens.length), 'cache-control': 'no-store' };
  if (last !== undefined && rest.length > page.length) {
    headers['link'] = `</tokens?limit=${limit}&cursor=${last.id}>; rel="next"`;
  }
  return jsonAnswer(200, page, headers);
}
