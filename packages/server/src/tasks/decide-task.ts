import type { Task, TaskCreate, TaskMove, TaskUpdate } from '@leanvibe/protocol/task';
import type { Guard } from '../database/store.ts';
import { HubError } from '../hub-error.ts';
import { withApprovalDecision, withApprovalRequest } from './task-approval.ts';
import type { DecisionFacts, DraftTask, TaskChange, TaskDecision, TaskOperation } from './task-decision.ts';
import type { TaskDraft } from './task-draft.ts';
import {
  eventsOfChange,
  eventsOfCreation,
  eventsOfDeletion,
  eventsOfRestoration,
  type ApprovalEvent,
} from './task-events.ts';
import { gapFor, isInGap } from './task-place.ts';
import { rankIn } from './task-rank.ts';
import { taskNotFound } from './task-refusal.ts';
import { admission, dependencyGuards, newTask, readmission, withStatus, withWork } from './task-rules.ts';

/** Decides what one operation does to the board of the draft. Throws the `HubError` that refuses it; writes nothing. */
export async function decideTask(
  draft: TaskDraft,
  operation: TaskOperation,
  facts: DecisionFacts,
): Promise<TaskDecision> {
  if (operation.kind === 'create') return decideCreation(draft, operation.body, facts);
  const found = await draft.find(operation.id);
  const isWanted = operation.kind === 'restore' ? found !== null : found?.deletedAt === null;
  if (found === null || !isWanted) throw taskNotFound(operation.id);
  assertVersion(found, facts);
  return decideChange(draft, found, operation, facts);
}

async function decideChange(
  draft: TaskDraft,
  found: DraftTask,
  change: TaskChange,
  facts: DecisionFacts,
): Promise<TaskDecision> {
  const { task } = found;
  switch (change.kind) {
    case 'update':
      return decideUpdate(draft, task, change.body, facts);
    case 'move':
      return decideMove(draft, task, change.to, facts);
    case 'delete':
      return decideDeletion(found, facts);
    case 'restore':
      return decideRestoration(draft, found, facts);
    case 'request-approval':
      return revision(task, withApprovalRequest(task, change.request, facts.now), facts, [], 'task_approval_requested');
    case 'decide-approval': {
      const after = withApprovalDecision(task, change.decision, facts.now);
      return revision(task, after, facts, [], `task_${change.decision.state}`);
    }
  }
}

async function decideCreation(draft: TaskDraft, body: TaskCreate, facts: DecisionFacts): Promise<TaskDecision> {
  const gap = await gapFor(draft, null, { status: body.status ?? 'backlog' });
  const position = rankIn(gap, facts.randomBelow);
  const task = newTask(body, { id: facts.newId(), clientId: draft.clientId, position, now: facts.now });
  const guards = [...dependencyGuards(task, null), ...admission(task, null, await draft.rules())];
  return { task, written: { before: null, deletedAt: null, events: eventsOfCreation(task, facts), guards } };
}

async function decideUpdate(
  draft: TaskDraft,
  task: Task,
  body: TaskUpdate,
  facts: DecisionFacts,
): Promise<TaskDecision> {
  const worked = withWork(task, body);
  const guards = dependencyGuards(worked, task.depends_on);
  if (body.status === undefined || body.status === task.status) return revision(task, worked, facts, guards);
  return decideMove(draft, task, { status: body.status }, facts, { worked, guards });
}

async function decideMove(
  draft: TaskDraft,
  task: Task,
  to: TaskMove,
  facts: DecisionFacts,
  { worked, guards }: { worked: Task; guards: readonly Guard[] } = { worked: task, guards: [] },
): Promise<TaskDecision> {
  const gap = await gapFor(draft, task.id, to);
  const isThere = to.status === task.status && isInGap(task.position, gap);
  const position = isThere ? task.position : rankIn(gap, facts.randomBelow);
  const moved = { ...withStatus(worked, to.status, facts.now), position };
  const entry = to.status === task.status ? [] : admission(moved, task.status, await draft.rules());
  return revision(task, moved, facts, [...guards, ...entry]);
}

function decideDeletion(before: DraftTask, facts: DecisionFacts): TaskDecision {
  const task = revised(before.task, facts);
  return { task, written: { before, deletedAt: facts.now, events: eventsOfDeletion(task, facts), guards: [] } };
}

async function decideRestoration(draft: TaskDraft, before: DraftTask, facts: DecisionFacts): Promise<TaskDecision> {
  if (before.deletedAt === null) {
    throw new HubError('task-not-deleted', `The task ${before.task.id} is on the board.`);
  }
  const { status, position } = before.task;
  const task = revised({ ...before.task, position: await placeAgain(draft, status, position, facts) }, facts);
  const guards = readmission(status, await draft.rules());
  return { task, written: { before, deletedAt: null, events: eventsOfRestoration(task, facts), guards } };
}

// The old place is free unless an import has brought its rank back; a first attempt that fails may have failed because of that.
async function placeAgain(
  draft: TaskDraft,
  status: Task['status'],
  position: string,
  { attempt, randomBelow }: DecisionFacts,
): Promise<string> {
  if (attempt === 0) return position;
  const below = await draft.neighbour(status, position, 'below', null);
  return rankIn({ above: position, below }, randomBelow);
}

function revision(
  before: Task,
  after: Task,
  facts: DecisionFacts,
  guards: readonly Guard[],
  approval?: ApprovalEvent,
): TaskDecision {
  const task = revised(after, facts);
  const events = eventsOfChange(before, task, facts, approval);
  if (events.length === 0) return { task: before, written: null };
  return { task, written: { before: { task: before, deletedAt: null }, deletedAt: null, events, guards } };
}

const revised = (task: Task, { now }: DecisionFacts): Task => ({ ...task, version: task.version + 1, updated_at: now });

function assertVersion({ task }: DraftTask, { ifMatch }: DecisionFacts): void {
  if (ifMatch === null || ifMatch === 'any' || ifMatch.includes(task.version)) return;
  throw new HubError('version-conflict', `The task has version ${task.version}.`, { extensions: { current: task } });
}
