import type { Task } from '@leanvibe/protocol/task';
import { useState } from 'react';
import { useTaskActions } from '../../hub/task-actions.ts';

/** What a human can decide. */
export type Decision = 'approve' | 'reject';

/** Decides, and knows which decisions are on their way. `expect` is told that an entry will go, and takes it back when it does not. */
export function useDecision(expect: (taskId: string) => () => void): {
  busy: ReadonlySet<string>;
  decide: (task: Task, decision: Decision, remark: string) => Promise<void>;
} {
  const { approve, reject } = useTaskActions();
  const [busy, setBusy] = useState<ReadonlySet<string>>(new Set());
  const decide = async (task: Task, decision: Decision, remark: string): Promise<void> => {
    setBusy((before) => new Set([...before, task.id]));
    const notAfterAll = expect(task.id);
    const isDone = await (decision === 'approve' ? approve(task, remark) : reject(task, remark));
    if (!isDone) notAfterAll();
    setBusy((before) => new Set([...before].filter((id) => id !== task.id)));
  };
  return { busy, decide };
}
