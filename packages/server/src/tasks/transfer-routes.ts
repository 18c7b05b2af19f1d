import { Readable } from 'node:stream';
import { taskRoutes } from '@leanvibe/protocol/task-routes';
import { isAgent } from '../access/caller.ts';
import type { RouteHost } from '../http/route-binding.ts';
import type { TaskExporter } from './task-transfer-export.ts';
import type { TaskImporter } from './task-transfer-import.ts';

/** What the routes of export and import call. */
export type TransferRouteDeps = { exporter: TaskExporter; importer: TaskImporter };

/** Registers `GET …/export` and `POST …/import`. */
export function registerTransferRoutes({ serve }: RouteHost, { exporter, importer }: TransferRouteDeps): void {
  serve(taskRoutes.exportTasks, async ({ params, query }, { reply }) => {
    const file = await exporter.export(params.client_id, query.format);
    void reply
      .header('content-type', file.mediaType)
      .header('content-disposition', `attachment; filename="${file.name}"`)
      .send(Readable.from(file.pieces, { objectMode: false }));
    return null;
  });

  serve(taskRoutes.importTasks, ({ params, query, body }, context) => {
    const mayDecide = !isAgent(context.caller);
    const terms = { onConflict: query.on_conflict, mayDecide, isDryRun: query.dry_run };
    return importer.import(params.client_id, body, terms, context);
  });
}
