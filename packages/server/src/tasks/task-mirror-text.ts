import type { ScannedTask } from '../database/board-scan.ts';

/**
 * The mirror: one JSON object of id to task, over all workspaces, that the import reads. Where a second workspace has a task of the
 * same id, the key of the newer one is `<client_id>/<id>`. One line per task, so that a difference between two mirrors can be read.
 */
export function* mirrorText(tasks: Iterable<ScannedTask>): Generator<string> {
  const ids = new Set<string>();
  let separator = '{\n';
  for (const { client_id: clientId, id, doc } of tasks) {
    const key = ids.has(id) ? `${clientId}/${id}` : id;
    ids.add(id);
    yield `${separator}${JSON.stringify(key)}:${doc}`;
    separator = ',\n';
  }
  yield ids.size === 0 ? '{}\n' : '\n}\n';
}
