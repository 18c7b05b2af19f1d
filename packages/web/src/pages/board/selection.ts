import type { Board } from '@leanvibe/protocol/board';

/** The chosen cards, and the one that was chosen last, from which a range begins. */
export type Selection = { ids: ReadonlySet<string>; anchor: string | null };

export const nothingSelected: Selection = { ids: new Set(), anchor: null };

/** The selection with one card more or less. */
export function withToggled({ ids }: Selection, taskId: string): Selection {
  const chosen = new Set(ids);
  if (!chosen.delete(taskId)) chosen.add(taskId);
  return { ids: chosen, anchor: taskId };
}

/** The selection with everything from the card chosen last to this one, within a column; across columns just this one. */
export function withRange(selection: Selection, taskId: string, { columns }: Board): Selection {
  const tasks = columns.find((column) => column.tasks.some(({ id }) => id === taskId))?.tasks ?? [];
  const ends = [selection.anchor, taskId].map((wanted) => tasks.findIndex(({ id }) => id === wanted));
  if (ends.includes(-1)) return { ids: new Set([...selection.ids, taskId]), anchor: taskId };
  const range = tasks.slice(Math.min(...ends), Math.max(...ends) + 1).map(({ id }) => id);
  return { ids: new Set([...selection.ids, ...range]), anchor: taskId };
}

/** The selection without what is not on the board any more; the same object when all is. */
export function withoutGone(selection: Selection, isThere: (taskId: string) => boolean): Selection {
  const ids = [...selection.ids].filter(isThere);
  return ids.length === selection.ids.size ? selection : { ids: new Set(ids), anchor: null };
}
