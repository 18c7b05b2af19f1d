import type { Command } from 'commander';
import { CliError } from '../cli-error.ts';
import type { CommandContext } from '../command-context.ts';
import type { CheckResult, CheckState } from '../doctor/check-result.ts';
import { printable, printableText } from '../printable.ts';
import { addTargetOptions, type TargetOptions } from '../server-target.ts';
import type { Terminal } from '../terminal.ts';

type DoctorOptions = TargetOptions & { json?: boolean };

const examples = `
Examples:
  leanvibe doctor
  leanvibe doctor --json | jq '.checks[] | select(.state != "ok")'

Changes nothing. Exits with 1 when a check fails; a warning is not a failure.`;

/** `leanvibe doctor`: finds out what keeps a server from running well, and says what to do. */
export function addDoctorCommand(parent: Command, context: CommandContext): void {
  const command = parent
    .command('doctor')
    .description('check everything that the server needs')
    .helpGroup('Server:')
    .option('--json', 'print {"state", "checks"} as JSON');
  addTargetOptions(command)
    .addHelpText('after', examples)
    .action((options: DoctorOptions) => examine(options, context));
}

async function examine(options: DoctorOptions, context: CommandContext): Promise<void> {
  const { terminal } = context;
  const { runChecks } = await import('../doctor/run-checks.ts');
  const checks = await runChecks(options, context, process.versions.node);
  if (options.json) terminal.json({ state: worstOf(checks), checks });
  else for (const check of checks) printCheck(check, terminal);
  const failed = checks.filter(({ state }) => state === 'fail').length;
  if (failed > 0) throw new CliError(failed === 1 ? '1 check failed.' : `${failed} checks failed.`);
}

const worstOf = (checks: readonly CheckResult[]): CheckState =>
  (['fail', 'warn'] as const).find((state) => checks.some((check) => check.state === state)) ?? 'ok';

const stateStyle = { ok: 'green', warn: 'yellow', fail: 'red' } as const;
const checkWidth = 'data folder'.length;

function printCheck({ check, state, detail, advice }: CheckResult, terminal: Terminal): void {
  const mark = terminal.style(stateStyle[state], state.padEnd(4));
  terminal.data(`${mark}  ${check.padEnd(checkWidth)}  ${printableText(detail).replaceAll('\n', '\n      ')}`);
  if (advice !== null) terminal.data(`${' '.repeat(checkWidth + 8)}→ ${printable(advice)}`);
}
