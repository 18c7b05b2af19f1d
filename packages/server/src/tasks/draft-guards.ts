import type { Guard } from '../database/store.ts';
import type { TaskDecision } from './task-decision.ts';
import type { TaskDraft } from './task-draft.ts';

/** A condition that does not hold, with the ids at fault where it is about several. */
export type UnmetGuard = { guard: Guard; ids: readonly string[] };

/**
 * The first condition of a decision that would not hold if it were committed right after what is on the draft; null when all do.
 * This is what the store finds out at the commit about a decision that is committed alone.
 */
export async function unmetOnDraft(draft: TaskDraft, decision: TaskDecision): Promise<UnmetGuard | null> {
  for (const guard of decision.written?.guards ?? []) {
    const ids = await faultOf(guard, draft, decision);
    if (ids !== null) return { guard, ids };
  }
  return null;
}

async function faultOf(guard: Guard, draft: TaskDraft, { task }: TaskDecision): Promise<string[] | null> {
  switch (guard.kind) {
    case 'column-at-most':
      return (await draft.columnCount(guard.status)) + 1 <= guard.limit ? null : [];
    case 'tasks-exist':
      return atFault(guard.ids, async (id) => (await draft.find(id))?.deletedAt !== null);
    case 'tasks-done':
      return atFault(guard.ids, async (id) => {
        const found = await draft.find(id);
        return found?.deletedAt === null && found.task.status !== 'done';
      });
    case 'no-cycle':
      return (await reaches(draft, task.depends_on, guard.id)) ? [guard.id] : null;
    case 'document-version':
      // The draft has read the rules once, for all its decisions.
      return null;
  }
}

async function atFault(ids: readonly string[], isAtFault: (id: string) => Promise<boolean>): Promise<string[] | null> {
  const fault: string[] = [];
  for (const id of ids) if (await isAtFault(id)) fault.push(id);
  return fault.length === 0 ? null : fault;
}

async function reaches(draft: TaskDraft, from: readonly string[], target: string): Promise<boolean> {
  const reached = new Set(from);
  for (const id of reached) {
    if (id === target) return true;
    for (const next of (await draft.find(id))?.task.depends_on ?? []) reached.add(next);
  }
  return false;
}

/**
 * The conditions of many decisions as they can be evaluated once, after all of them. What a decision needed of a task that is
 * `written` by another one was seen on the draft, and holds because that task has the version it was read with.
 */
export function mergeGuards(guards: readonly Guard[], written: ReadonlySet<string>): Guard[] {
  const merged = new Map<string, Guard>();
  for (const guard of guards) {
    if (guard.kind !== 'tasks-exist' && guard.kind !== 'tasks-done') {
      merged.set(JSON.stringify(guard), guard);
      continue;
    }
    const others = guard.ids.filter((id) => !written.has(id));
    const known = merged.get(guard.kind);
    const ids = known !== undefined && 'ids' in known ? new Set([...known.ids, ...others]) : new Set(others);
    if (ids.size > 0) merged.set(guard.kind, { kind: guard.kind, ids: [...ids] });
  }
  return [...merged.values()];
}
