/** The server and workspace that are open, and whether callers have to bring a token. */
export type ConnectTarget = { origin: string; workspace: string; needsToken: boolean };

/** A text to copy, and what it is for. */
export type ConnectCommand = { label: string; text: string };

const tokenHeader = ({ needsToken }: ConnectTarget): string =>
  needsToken ? ` \\\n  -H "authorization: Bearer $LEANVIBE_TOKEN"` : '';

const curl = (target: ConnectTarget, path: string, body: object, actor?: string): string =>
  [
    `curl -s ${target.origin}/tasks/${target.workspace}${path}${tokenHeader(target)}`,
    `-H 'content-type: application/json'${actor === undefined ? '' : ` -H 'x-leanvibe-actor: agent:${actor}'`}`,
    `-d '${JSON.stringify(body)}'`,
  ].join(' \\\n  ');

/** What a script does: create a task, and follow what happens. */
export const scriptCommands = (target: ConnectTarget): ConnectCommand[] => [
  { label: 'the command that creates a task', text: curl(target, '', { title: 'From a script' }) },
  {
    label: 'the command that follows events',
    text: `curl -sN ${target.origin}/events/${target.workspace}${tokenHeader(target)}`,
  },
  {
    label: 'the same with the command line',
    text: `npx leanvibe watch --url ${target.origin} --workspace ${target.workspace}`,
  },
];

/** What an agent is told, as it stands in the file of instructions that it reads. */
export function agentInstructions(target: ConnectTarget): ConnectCommand {
  const { origin, workspace, needsToken } = target;
  const text = [
    '## Task board',
    '',
    `Our tasks are on a LeanVibe board at ${origin}, workspace \`${workspace}\`.${needsToken ? ' Your token is in `LEANVIBE_TOKEN`.' : ''}`,
    'Before you begin, read the board and move your task to `in_progress`; move it to `testing` when you are finished.',
    'Ask for approval before anything that cannot be undone, and wait for the decision.',
    '',
    '```sh',
    `curl -s ${origin}/tasks/${workspace}/board${tokenHeader(target)}`,
    curl(target, '', { title: 'What I am about to do', status: 'in_progress', assigned_to: 'claude' }, 'claude'),
    curl(target, '/TASK_ID/approval', { requested_by: 'claude', note: 'May I?' }, 'claude'),
    '```',
    '',
    `Everything else: ${origin}/openapi.json`,
  ].join('\n');
  return { label: 'the instructions', text };
}
