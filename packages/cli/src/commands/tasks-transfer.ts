import { rename, rm, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { TaskImport } from '@leanvibe/protocol/task-transfer';
import { CliError } from '../cli-error.ts';
import type { CommandContext } from '../command-context.ts';
import { choiceOption } from '../option-values.ts';
import { printableJson, printableText } from '../printable.ts';
import { addTargetOptions, clientOf, type TargetOptions } from '../server-target.ts';
import { readText, standardStream } from '../text-source.ts';

type ImportOptions = TargetOptions & { skipExisting?: boolean; json?: boolean };
type ExportOptions = TargetOptions & { format: 'json' | 'csv'; output: string; json?: boolean };

const importExamples = `
Examples:
  leanvibe tasks import board.json
  leanvibe tasks import .leanvibe_cache/tasks.json
  leanvibe tasks export -w old | leanvibe tasks import - -w new

Reads an export, an array of tasks, or an object of id to task. One bad task, and nothing is imported.`;

const exportExamples = `
Examples:
  leanvibe tasks export > board.json
  leanvibe tasks export --format csv --output board.csv`;

const largestImportBytes = 67_108_864;
const transferTimeoutMs = 300_000;

/** `leanvibe tasks import`. */
export function addTasksImportCommand(parent: Command, context: CommandContext): void {
  const command = parent
    .command('import')
    .argument('<file>', 'JSON file; - reads standard input')
    .description('import tasks from a file')
    .option('--skip-existing', 'leave out tasks that are there already, instead of refusing the file')
    .option('--json', 'print the result as JSON');
  addTargetOptions(command)
    .addHelpText('after', importExamples)
    .action((file: string, options: ImportOptions) => importTasks(file, options, context));
}

async function importTasks(file: string, options: ImportOptions, context: CommandContext): Promise<void> {
  const { terminal, signal } = context;
  const client = clientOf(options, context);
  const content = readTasks(await readText(file, largestImportBytes, context), file);
  const query = options.skipExisting ? ({ on_conflict: 'skip' } as const) : {};
  const result = await client.tasks.import(content, query, { signal, timeoutMs: transferTimeoutMs });
  if (options.json) return terminal.json(result);
  const skipped = result.skipped > 0 ? ` ${count(result.skipped)} existed already.` : '';
  terminal.message(`Imported ${count(result.imported)}.${skipped}`);
}

const count = (number: number): string => (number === 1 ? '1 task' : `${number} tasks`);

function readTasks(text: string, file: string): TaskImport {
  const what = file === standardStream ? 'Standard input' : file;
  try {
    const content: unknown = JSON.parse(text);
    if (typeof content === 'object' && content !== null) return content as TaskImport;
  } catch (cause) {
    throw new CliError(`${what} is not JSON: ${cause instanceof Error ? cause.message : String(cause)}`);
  }
  throw new CliError(`${what} has no tasks: it must be an export, an array of tasks, or an object of id to task.`);
}

/** `leanvibe tasks export`. */
export function addTasksExportCommand(parent: Command, context: CommandContext): void {
  const command = parent
    .command('export')
    .description('write all tasks and rules as one file')
    .addOption(choiceOption('--format <format>', 'what to write', ['json', 'csv']).default('json'))
    .option('-o, --output <file>', 'where to; - is standard output', standardStream)
    .option('--json', 'the same as --format json');
  addTargetOptions(command)
    .addHelpText('after', exportExamples)
    .action((options: ExportOptions) => exportTasks(options, context));
}

async function exportTasks(options: ExportOptions, context: CommandContext): Promise<void> {
  const { terminal, signal, cwd } = context;
  const { tasks } = clientOf(options, context);
  const call = { signal, timeoutMs: transferTimeoutMs };
  const isCsv = options.format === 'csv' && !options.json;
  const text = isCsv
    ? await tasks.exportCsv(call)
    : `${printableJson(JSON.stringify(await tasks.export(call), null, 2))}\n`;
  if (options.output === standardStream) {
    // A file has it byte for byte; on a screen it must not do more than be read.
    return terminal.write(isCsv && terminal.streams.stdout.isTTY ? printableText(text) : text);
  }
  await writeWhole(resolve(cwd, options.output), text);
  terminal.message(`Wrote ${options.output}.`);
}

/** The file has all of the text or what it had before. */
async function writeWhole(path: string, text: string): Promise<void> {
  const unfinished = `${path}.unfinished`;
  try {
    await writeFile(unfinished, text, { flush: true });
    await rename(unfinished, path);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
}
