import { closeCodes } from './close-codes.ts';
import { problemAdvice } from './problem-advice.ts';
import { problemCatalogue, problemType, type ProblemCode, type ProblemRow } from './problem-catalogue.ts';

const introduction = `# Errors

A refusal is \`application/problem+json\` ([RFC 9457](https://www.rfc-editor.org/rfc/rfc9457)):

\`\`\`json
{
  "type": "${problemType('wip-limit-reached')}",
  "title": "${problemCatalogue['wip-limit-reached'].title}",
  "status": 409,
  "detail": "in_progress has 3 of 3 tasks.",
  "code": "wip-limit-reached",
  "instance": "/tasks/my-project/019aa0c2-7c1e-7d4c-9d2f-5b7a3c1d9e01/move",
  "request_id": "019aa0c2-7c1e-7d4c-9d2f-5b7a3c1d9e77"
}
\`\`\`

Programs decide by \`code\`: it never changes. \`title\` is the same for every occurrence, \`detail\` is about this one and is meant for
people. Some problems carry more, which their section names. The \`request_id\` finds the request in the log of the server.

The same codes are the \`code\` of an \`error\` frame on a WebSocket, the reason of its close frame, and the \`error.code\` of an
operation of a bulk request.`;

const rows = Object.entries(problemCatalogue) as [ProblemCode, ProblemRow][];

const byStatus = rows.toSorted(([, first], [, second]) => first.status - second.status);

const overview = [
  '| status | code | |',
  '| --- | --- | --- |',
  ...byStatus.map(([code, { status, title }]) => `| ${status} | [\`${code}\`](#${code}) | ${title} |`),
].join('\n');

const closeTable = [
  '## How sockets are closed',
  '',
  'The reason of the close frame is the code of a problem.',
  '',
  '| close code | reason |',
  '| --- | --- |',
  ...closeCodes.map(({ closeCode, code }) => `| ${closeCode} | [\`${code}\`](#${code}) |`),
].join('\n');

const section = ([code, { status, title, description, closeCode }]: [ProblemCode, ProblemRow]): string =>
  [
    `## ${code}`,
    `**${status}** · ${title}${closeCode === undefined ? '' : ` · closes a socket with ${closeCode}`}`,
    description,
    `_What to do:_ ${problemAdvice[code]}`,
  ].join('\n\n');

/** The text of docs/errors.md: what each problem means and what to do about it. */
export const errorDocs = (): string =>
  `${[introduction, overview, ...byStatus.map(section), closeTable].join('\n\n')}\n`;
