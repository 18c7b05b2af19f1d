/**
 * The security headers of every answer. Answers are data: nothing in them may be run, framed or embedded elsewhere. A page of the
 * server that needs more sets a policy of its own. Each of them costs every request something, so none says what another says.
 */
export const securityHeaders: Readonly<Record<string, string>> = {
  'content-security-policy': "default-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cache-control': 'no-cache',
};
