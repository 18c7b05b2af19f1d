import type { Board, BoardRules, BoardRulesUpdate, TaskStats } from '@leanvibe/protocol/board';
import type { LeanVibeEvent } from '@leanvibe/protocol/event';
import type { Task } from '@leanvibe/protocol/task';
import type { BulkResponse } from '@leanvibe/protocol/task-bulk';
import type { TaskExport, TaskImport, TaskImportResult } from '@leanvibe/protocol/task-transfer';
import { nextCursor, totalCount, walkPages } from './list-page.ts';
import type { BodyOf, CallOptions, QueryOf } from './route-call.ts';
import type { WorkspaceCalls } from './workspace-calls.ts';

/** A page of tasks, how many the filters match in all, and the cursor of the page after it (null: this is the last). */
export type TaskPage = { tasks: Task[]; total: number; next: string | null };

/** A page of a task's events, how many there are in all, and the cursor of the page after it (null: this is the last). */
export type HistoryPage = { events: LeanVibeEvent[]; total: number; next: string | null };

/** The rules of the board of a workspace. */
export class BoardRulesClient {
  readonly #calls: WorkspaceCalls;

  constructor(calls: WorkspaceCalls) {
    this.#calls = calls;
  }

  /** The rules as they are. */
  get(options?: CallOptions): Promise<BoardRules> {
    return this.#calls.body('getBoardRules', {}, options);
  }

  /** Changes the members that are given and answers with the rules as they are then. */
  update(changes: BoardRulesUpdate, options?: CallOptions): Promise<BoardRules> {
    return this.#calls.body('updateBoardRules', { body: changes }, options);
  }
}

/** The tasks and the board of a workspace. */
export class TasksClient {
  /** What may stand in which column, and how many. */
  readonly rules: BoardRulesClient;
  readonly #calls: WorkspaceCalls;

  constructor(calls: WorkspaceCalls) {
    this.#calls = calls;
    this.rules = new BoardRulesClient(calls);
  }

  /** Creates a task at the end of its column. */
  create(task: BodyOf<'createTask'>, options?: CallOptions): Promise<Task> {
    return this.#calls.body('createTask', { body: task }, options);
  }

  /** One page of the tasks that the filters match. */
  async list(query: QueryOf<'listTasks'> = {}, options?: CallOptions): Promise<TaskPage> {
    const { body, headers } = await this.#calls.reply('listTasks', { query }, options);
    return { tasks: body, total: totalCount(headers), next: nextCursor(headers) };
  }

  /** Every task that the filters match, page after page. */
  all(query: QueryOf<'listTasks'> = {}, options?: CallOptions): AsyncGenerator<Task, void, undefined> {
    return walkPages(async (cursor) => {
      const { tasks, next } = await this.list({ ...query, cursor }, options);
      return { entries: tasks, next };
    }, query.cursor);
  }

  /** One task. */
  get(taskId: string, options?: CallOptions): Promise<Task> {
    return this.#calls.body('getTask', { params: { task_id: taskId } }, options);
  }

  /** Changes the members that are given; with `ifMatch` only the version that was read. */
  update(taskId: string, changes: BodyOf<'patchTask'>, options?: CallOptions): Promise<Task> {
    return this.#calls.body('patchTask', { params: { task_id: taskId }, body: changes }, options);
  }

  /** Does the same as `update` with PUT, for networks that let no PATCH through. */
  put(taskId: string, changes: BodyOf<'updateTask'>, options?: CallOptions): Promise<Task> {
    return this.#calls.body('updateTask', { params: { task_id: taskId }, body: changes }, options);
  }

  /** Moves a task before or after a neighbour, or to the end of a column. */
  move(taskId: string, to: BodyOf<'moveTask'>, options?: CallOptions): Promise<Task> {
    return this.#calls.body('moveTask', { params: { task_id: taskId }, body: to }, options);
  }

  /** Deletes a task; it can be restored for 30 days. */
  async delete(taskId: string, options?: CallOptions): Promise<void> {
    await this.#calls.reply('deleteTask', { params: { task_id: taskId } }, options);
  }

  /** Brings a deleted task back. */
  restore(taskId: string, options?: CallOptions): Promise<Task> {
    return this.#calls.body('restoreTask', { params: { task_id: taskId } }, options);
  }

  /** Does up to 1000 operations; what became of each stands in its result. */
  bulk(request: BodyOf<'bulkTasks'>, options?: CallOptions): Promise<BulkResponse> {
    return this.#calls.body('bulkTasks', { body: request }, options);
  }

  /** The whole board, and the event-log position of exactly this state: what an event stream goes on from. */
  board(options?: CallOptions): Promise<Board> {
    return this.#calls.body('getBoard', {}, options);
  }

  /** Figures about the board. */
  stats(options?: CallOptions): Promise<TaskStats> {
    return this.#calls.body('getTaskStats', {}, options);
  }

  /** Asks for a human's approval of the task as it is now. */
  requestApproval(taskId: string, request: BodyOf<'requestApproval'>, options?: CallOptions): Promise<Task> {
    return this.#calls.body('requestApproval', { params: { task_id: taskId }, body: request }, options);
  }

  /** Approves a task whose approval is pending. */
  approve(taskId: string, decision: BodyOf<'approveTask'> = {}, options?: CallOptions): Promise<Task> {
    return this.#calls.body('approveTask', { params: { task_id: taskId }, body: decision }, options);
  }

  /** Rejects a task whose approval is pending. */
  reject(taskId: string, decision: BodyOf<'rejectTask'>, options?: CallOptions): Promise<Task> {
    return this.#calls.body('rejectTask', { params: { task_id: taskId }, body: decision }, options);
  }

  /** A page of the task's events, oldest first. */
  async history(taskId: string, query: QueryOf<'getTaskHistory'> = {}, options?: CallOptions): Promise<HistoryPage> {
    const parts = { params: { task_id: taskId }, query };
    const { body, headers } = await this.#calls.reply('getTaskHistory', parts, options);
    return { events: body, total: totalCount(headers), next: nextCursor(headers) };
  }

  /** All tasks and rules as one file, which `import` reads. */
  async export(options?: CallOptions): Promise<TaskExport> {
    return (await this.#calls.body('exportTasks', {}, options)) as TaskExport;
  }

  /** All tasks as CSV text. */
  async exportCsv(options?: CallOptions): Promise<string> {
    // The answer is text because of the parameter, which the catalogue cannot say in types.
    return (await this.#calls.body('exportTasks', { query: { format: 'csv' } }, options)) as unknown as string;
  }

  /** Imports an export, an array of tasks, or an object of id to task. One bad task and nothing is imported. */
  import(file: TaskImport, query: QueryOf<'importTasks'> = {}, options?: CallOptions): Promise<TaskImportResult> {
    return this.#calls.body('importTasks', { query, body: file }, options);
  }
}
