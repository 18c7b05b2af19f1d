import { Task } from '@leanvibe/protocol/task';

/** What differs between two versions of a task: each member with its old and new value. */
export type TaskChanges = Record<string, { from: unknown; to: unknown }>;

type Member = keyof Task;

const bookkeeping: readonly Member[] = ['id', 'client_id', 'version', 'created_at', 'updated_at'];
const told = (Object.keys(Task.shape) as Member[]).filter((member) => !bookkeeping.includes(member));

/** What differs between two versions of a task, but for its version and the time of the change. */
export function taskChanges(before: Task, after: Task): TaskChanges {
  const changes: TaskChanges = {};
  for (const member of told) {
    if (!isSameJson(before[member], after[member])) changes[member] = { from: before[member], to: after[member] };
  }
  return changes;
}

/** Whether two values are the same JSON: the order of the members of an object says nothing. */
export function isSameJson(left: unknown, right: unknown): boolean {
  if (left === right) return true;
  if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) return false;
  if (Array.isArray(left) !== Array.isArray(right)) return false;
  const members = Object.entries(left);
  if (members.length !== Object.keys(right).length) return false;
  const others = new Map(Object.entries(right));
  return members.every(([name, value]) => others.has(name) && isSameJson(value, others.get(name)));
}
