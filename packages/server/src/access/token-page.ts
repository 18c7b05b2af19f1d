import type { Token } from '@leanvibe/protocol/token';
import { HubError } from '../hub-error.ts';
import { jsonAnswer } from '../http/answer.ts';
import type { Answer } from '../http/route-binding.ts';

const idPattern = /^[0-9a-f-]{36}$/;

/** A page of tokens that are listed newest first; a cursor is the id of the last token of the page before. */
export function pageOfTokens(
  tokens: readonly Token[],
  { limit, cursor }: { limit: number; cursor?: string | undefined },
): Answer {
  if (cursor !== undefined && !idPattern.test(cursor)) throw new HubError('cursor-invalid');
  const rest = cursor === undefined ? tokens : tokens.filter(({ id }) => id < cursor);
  const page = rest.slice(0, limit);
  const last = page.at(-1);
  const headers: Record<string, string> = { 'x-total-count': String(tokens.length), 'cache-control': 'no-store' };
  if (last !== undefined && rest.length > page.length) {
    headers['link'] = `</tokens?limit=${limit}&cursor=${last.id}>; rel="next"`;
  }
  return jsonAnswer(200, page, headers);
}
