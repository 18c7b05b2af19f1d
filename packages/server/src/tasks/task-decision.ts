import type { Actor } from '@leanvibe/protocol/actor';
import type { ApprovalRequest } from '@leanvibe/protocol/approval';
import type { Task, TaskCreate, TaskMove, TaskUpdate } from '@leanvibe/protocol/task';
import type { EventDraft, Guard } from '../database/store.ts';
import type { VersionMatch } from '../write-context.ts';
import type { ApprovalDecision } from './task-approval.ts';
import type { RandomBelow } from './task-rank.ts';

/** One thing that can be done to the board. */
export type TaskOperation = { kind: 'create'; body: TaskCreate } | ({ id: string } & TaskChange);

/** One thing that can be done to a task that exists. */
export type TaskChange =
  | { kind: 'update'; body: TaskUpdate }
  | { kind: 'move'; to: TaskMove }
  | { kind: 'delete' }
  | { kind: 'restore' }
  | { kind: 'request-approval'; request: ApprovalRequest }
  | { kind: 'decide-approval'; decision: ApprovalDecision };

/** What a decision is made with beside the operation and the board. `attempt` counts from 0. */
export type DecisionFacts = {
  actor: Actor;
  ifMatch: VersionMatch | null;
  now: string;
  attempt: number;
  newId: () => string;
  randomBelow: RandomBelow;
};

/** A task as far as a draft knows it; `deletedAt` null: on the board. */
export type DraftTask = { task: Task; deletedAt: string | null };

/** What is to become of a task: as it is afterwards, and (null: nothing changes) what has to be written for it. */
export type TaskDecision = { task: Task; written: WrittenDecision | null };

/** `before`: what was decided on; null: no task of this id. */
export type WrittenDecision = {
  before: DraftTask | null;
  deletedAt: string | null;
  events: readonly EventDraft[];
  guards: readonly Guard[];
};
