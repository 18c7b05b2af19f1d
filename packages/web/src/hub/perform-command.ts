import type { LeanVibeClient } from '@leanvibe/client/leanvibe-client';
import { LeanVibeError } from '@leanvibe/client/leanvibe-error';
import type { CallOptions } from '@leanvibe/client/route-call';
import type { Task } from '@leanvibe/protocol/task';
import type { DoneStep } from './command-inverse.ts';
import type { ApprovalCommand, SingleCommand, TaskCommand } from './task-command.ts';
import type { VersionLineage } from './version-lineage.ts';

/** A step that the server has refused, and why. */
export type RefusedStep = { step: SingleCommand; error: LeanVibeError };

/** What became of a command: the steps that were done, and those of many that were refused. */
export type CommandOutcome = { done: readonly DoneStep[]; tasks: readonly Task[]; refused: readonly RefusedStep[] };

type Deps = { client: LeanVibeClient; lineage: VersionLineage };

/** How a command is sent. `id` names it, so that sending it again does it once. `wasKept`: others had time to change what it is about. */
export type Sending = { id: string; wasKept: boolean };

// The server takes no more at once.
const bulkSize = 1000;

/** Sends a command. Throws the `LeanVibeError` that refuses it; what is refused of many stands in the outcome. */
export async function performCommand(command: TaskCommand, deps: Deps, sending: Sending): Promise<CommandOutcome> {
  switch (command.kind) {
    case 'bulk':
      return performBulk(command.commands, deps, sending);
    case 'request-approval':
    case 'approve':
    case 'reject': {
      const task = await performApproval(command, deps, sending);
      return { done: [], tasks: [task], refused: [] };
    }
    default:
      return outcomeOf([{ step: command, after: await performStep(command, deps, sending) }]);
  }
}

const outcomeOf = (done: readonly DoneStep[], refused: readonly RefusedStep[] = []): CommandOutcome => ({
  done,
  tasks: done.flatMap(({ after }) => after ?? []),
  refused,
});

async function performStep(step: SingleCommand, { client, lineage }: Deps, sending: Sending): Promise<Task | null> {
  const idempotencyKey = sending.id;
  switch (step.kind) {
    case 'create':
      return client.tasks.create(step.body, { idempotencyKey });
    case 'update': {
      const { before } = step;
      const ifMatch = lineage.newest(before.id, before.version);
      const after = await client.tasks.update(before.id, step.changes, { ifMatch });
      lineage.record(ifMatch, after);
      return after;
    }
    case 'move': {
      // Where a card lies and what it says do not get in each other's way, so a move needs no version.
      const after = await client.tasks.move(step.before.id, step.to, { idempotencyKey });
      lineage.record(lineage.newest(after.id, step.before.version), after);
      return after;
    }
    case 'delete':
      // Nobody deletes what others have made something else of meanwhile.
      await client.tasks.delete(
        step.before.id,
        sending.wasKept ? { ifMatch: lineage.newest(step.before.id, step.before.version) } : {},
      );
      return null;
    case 'restore': {
      const after = await client.tasks.restore(step.before.id, { idempotencyKey });
      // It was deleted in one step and has come back in another, as it was.
      lineage.record(lineage.newest(after.id, step.before.version), after, 2);
      return after;
    }
  }
}

async function performApproval(command: ApprovalCommand, { client, lineage }: Deps, { id }: Sending): Promise<Task> {
  const { before } = command;
  // The decision is about the work as it was seen.
  const ifMatch = lineage.newest(before.id, before.version);
  const after = await sendApproval(command, client, { ifMatch, idempotencyKey: id });
  lineage.record(ifMatch, after);
  return after;
}

function sendApproval(command: ApprovalCommand, { tasks }: LeanVibeClient, options: CallOptions): Promise<Task> {
  const { id } = command.before;
  switch (command.kind) {
    case 'request-approval':
      return tasks.requestApproval(
        id,
        { requested_by: command.requestedBy, ...(command.note && { note: command.note }) },
        options,
      );
    case 'approve':
      return tasks.approve(id, command.comment ? { comment: command.comment } : {}, options);
    case 'reject':
      return tasks.reject(id, { reason: command.reason }, options);
  }
}

async function performBulk(steps: readonly SingleCommand[], deps: Deps, sending: Sending): Promise<CommandOutcome> {
  const done: DoneStep[] = [];
  const refused: RefusedStep[] = [];
  // A bulk request knows no restoring.
  const [restores, others] = [
    steps.filter(({ kind }) => kind === 'restore'),
    steps.filter(({ kind }) => kind !== 'restore'),
  ];
  for (let start = 0; start < others.length; start += bulkSize) {
    const part = others.slice(start, start + bulkSize);
    const { results } = await deps.client.tasks.bulk(
      { operations: part.map((step) => operationOf(step, deps.lineage)), atomic: false },
      { idempotencyKey: `${sending.id}-${start}` },
    );
    for (const { index, task, error } of results) {
      const step = part[index]!;
      if (error === null) done.push({ step, after: recorded(step, task, deps.lineage) });
      else
        refused.push({
          step,
          error: new LeanVibeError(error.code, error.detail, { status: error.status, problem: error }),
        });
    }
  }
  for (const step of restores) {
    try {
      const id = `${sending.id}-${step.kind === 'restore' ? step.before.id : ''}`;
      done.push({ step, after: await performStep(step, deps, { ...sending, id }) });
    } catch (error) {
      if (!(error instanceof LeanVibeError)) throw error;
      refused.push({ step, error });
    }
  }
  return outcomeOf(done, refused);
}

function recorded(step: SingleCommand, after: Task | null, lineage: VersionLineage): Task | null {
  if (step.kind === 'delete' || after === null) return null;
  if (step.kind !== 'create') lineage.record(lineage.newest(after.id, step.before.version), after);
  return after;
}

function operationOf(step: SingleCommand, lineage: VersionLineage) {
  switch (step.kind) {
    case 'create':
      return { op: 'create' as const, ...step.body };
    case 'update':
      return {
        op: 'update' as const,
        task_id: step.before.id,
        if_match: lineage.newest(step.before.id, step.before.version),
        ...step.changes,
      };
    case 'move':
      return { op: 'move' as const, task_id: step.before.id, ...step.to };
    case 'delete':
    case 'restore':
      return { op: 'delete' as const, task_id: step.before.id };
  }
}
