import type { Task, TaskCreate, TaskMove, TaskUpdate } from '@leanvibe/protocol/task';
import { useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useAnnounce } from '../ui/Announcer.tsx';
import { useToasts } from '../ui/Toasts.tsx';
import { CommandRunner } from './command-runner.ts';
import { useHub } from './hub-context.tsx';
import { nowMs } from './now.ts';
import { personName } from './person.ts';
import type { SingleCommand } from './task-command.ts';

/** Whether it was done. What was refused has been explained already. */
type Outcome = Promise<boolean>;

/** Everything that can be done to tasks: shown at once, taken back with a reason when the server refuses. */
export type TaskActions = {
  create: (body: TaskCreate) => Outcome;
  update: (task: Task, changes: TaskUpdate) => Outcome;
  move: (task: Task, to: TaskMove) => Outcome;
  remove: (task: Task) => Outcome;
  /** `task` as it was deleted. */
  restore: (task: Task) => Outcome;
  bulk: (commands: readonly SingleCommand[]) => Outcome;
  requestApproval: (task: Task, note: string) => Outcome;
  approve: (task: Task, comment: string) => Outcome;
  reject: (task: Task, reason: string) => Outcome;
  /** Takes back what was done last in this window. */
  undo: () => Outcome;
};

/** What can be done to the tasks of the open workspace. */
export function useTaskActions(): TaskActions {
  const hub = useHub();
  const queryClient = useQueryClient();
  const toasts = useToasts();
  const announce = useAnnounce();
  return useMemo(() => {
    const runner = new CommandRunner({ hub, queryClient, toasts, announce });
    return {
      create: (body) => {
        const createdAt = new Date(nowMs()).toISOString();
        return runner.run({ kind: 'create', id: `draft-${createdAt}-${body.title}`, body, createdAt });
      },
      update: (before, changes) => runner.run({ kind: 'update', before, changes }),
      move: (before, to) => runner.run({ kind: 'move', before, to }),
      restore: (before) => runner.run({ kind: 'restore', before }),
      remove: (before) => runner.run({ kind: 'delete', before }),
      bulk: (commands) => runner.run({ kind: 'bulk', commands }),
      requestApproval: (before, note) =>
        runner.run({ kind: 'request-approval', before, requestedBy: personName(), note }),
      approve: (before, comment) => runner.run({ kind: 'approve', before, comment }),
      reject: (before, reason) => runner.run({ kind: 'reject', before, reason }),
      undo: () => runner.undo(),
    };
  }, [hub, queryClient, toasts, announce]);
}
