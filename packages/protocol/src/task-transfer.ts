import { z } from 'zod';
import { BoardRules, perColumn } from './board.ts';
import { ClientId } from './identifiers.ts';
import { Task } from './task.ts';
import { Timestamp } from './time.ts';

/** The JSON form of `GET /tasks/{client_id}/export`. */
export const TaskExport = z.strictObject({
  format: z.literal('leanvibe-tasks'),
  format_version: z.literal(1),
  client_id: ClientId,
  exported_at: Timestamp,
  board_rules: BoardRules,
  tasks: z.array(Task),
});
export type TaskExport = z.infer<typeof TaskExport>;

/** Body of `POST /tasks/{client_id}/import`: an export, an array of tasks, or the original's object of id to task. */
export const TaskImport = z
  .union([z.array(z.unknown()), z.record(z.string(), z.unknown())])
  .meta({ description: 'An export, an array of tasks, or an object of id to task' });
export type TaskImport = z.infer<typeof TaskImport>;

/** The answer to an import. */
export const TaskImportResult = z.strictObject({
  imported: z.int().min(0),
  skipped: z.int().min(0).meta({ description: 'Tasks that existed already (with `on_conflict=skip`)' }),
  by_status: perColumn(z.int().min(0))
    .optional()
    .meta({ description: 'With `dry_run=true`: how many tasks would come into each column' }),
});
export type TaskImportResult = z.infer<typeof TaskImportResult>;
