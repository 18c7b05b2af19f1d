import type { Board } from '@leanvibe/protocol/board';

/** The contents of a file that can be sent to the import. */
export type ImportFile = unknown[] | Record<string, unknown>;

/** The most that the server takes, in bytes. */
export const mostImportBytes = 67_108_864;

/** What a text holds; a sentence when it is nothing that could be imported. */
export function readImportText(text: string): { file: ImportFile } | { problem: string } {
  let file: unknown;
  try {
    file = JSON.parse(text);
  } catch (error) {
    return { problem: `The file is not JSON: ${(error as SyntaxError).message}.` };
  }
  if (typeof file !== 'object' || file === null) return { problem: 'The file holds no tasks.' };
  return { file: file as ImportFile };
}

const idsIn = (file: ImportFile): string[] => {
  const tasks = Array.isArray(file) ? file : file['format'] === 'leanvibe-tasks' ? file['tasks'] : null;
  if (tasks === null) return Object.keys(file);
  if (!Array.isArray(tasks)) return [];
  return tasks.flatMap((task: unknown) => {
    const id = typeof task === 'object' && task !== null && 'id' in task ? task.id : null;
    return typeof id === 'string' ? [id] : [];
  });
};

/** The titles of tasks on a board that a file holds too. */
export function titlesOnBoard(file: ImportFile, board: Board | undefined): string[] {
  const ids = new Set(idsIn(file).map((id) => id.toLowerCase()));
  return (board?.columns ?? []).flatMap(({ tasks }) => tasks.filter(({ id }) => ids.has(id)).map(({ title }) => title));
}
