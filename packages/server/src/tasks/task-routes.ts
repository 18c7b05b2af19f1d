import { taskRoutes } from '@leanvibe/protocol/task-routes';
import type { Store } from '../database/store.ts';
import type { RouteHost } from '../http/route-binding.ts';
import { bulkAnswer } from './bulk-answer.ts';
import type { BulkOutcome } from './decide-bulk.ts';
import { checkBulkOperation } from './bulk-operation.ts';
import { changedAnswer, createdAnswer, deletedAnswer, entityAnswer, textAnswer } from './task-answers.ts';
import { taskHistory } from './task-history.ts';
import { nextPageLink, type TaskReadService } from './task-read-service.ts';
import type { TaskService } from './task-service.ts';
import { answerWrite } from './write-answer.ts';

/** What the routes of tasks call. */
export type TaskRouteDeps = { store: Store; tasks: TaskService; reads: TaskReadService };

/** Registers the routes that make, read, change and delete tasks. */
export function registerTaskRoutes(host: RouteHost, deps: TaskRouteDeps): void {
  registerReads(host, deps);
  registerWrites(host, deps.tasks);
}

function registerReads({ serve }: RouteHost, { store, tasks, reads }: TaskRouteDeps): void {
  serve(taskRoutes.listTasks, async ({ params, query }, { request }) =>
    textAnswer(await reads.list(params.client_id, query, searchOf(request.url))),
  );

  serve(taskRoutes.getTask, async ({ params }) => {
    const { text, version } = await tasks.get(params.client_id, params.task_id);
    return entityAnswer(text, version);
  });

  serve(taskRoutes.getTaskHistory, async ({ params, query }, { request }) => {
    const { client_id: clientId, task_id: id } = params;
    const { text, total, next } = await taskHistory(store, clientId, id, query);
    const headers = { 'x-total-count': String(total) };
    const link = next && nextPageLink(`/tasks/${clientId}/${id}/history`, searchOf(request.url), next);
    return { status: 200, headers: link === null ? headers : { ...headers, link }, body: text };
  });
}

function registerWrites({ serve }: RouteHost, tasks: TaskService): void {
  serve(taskRoutes.createTask, ({ params, body }, context) =>
    answerWrite(context, createdAnswer, (write) => tasks.create(params.client_id, body, write)),
  );

  for (const definition of [taskRoutes.updateTask, taskRoutes.patchTask]) {
    serve(definition, ({ params, body }, context) =>
      answerWrite(context, changedAnswer, (write) => tasks.update(params.client_id, params.task_id, body, write)),
    );
  }

  serve(taskRoutes.deleteTask, ({ params }, context) =>
    answerWrite(context, deletedAnswer, (write) => tasks.delete(params.client_id, params.task_id, write)),
  );

  serve(taskRoutes.restoreTask, ({ params }, context) =>
    answerWrite(context, changedAnswer, (write) => tasks.restore(params.client_id, params.task_id, write)),
  );

  serve(taskRoutes.bulkTasks, ({ params, body }, context) => {
    const request = { operations: body.operations.map(checkBulkOperation), atomic: body.atomic };
    return answerWrite(
      context,
      (outcomes: BulkOutcome[]) => bulkAnswer(outcomes, context.request.id),
      (write) => tasks.bulk(params.client_id, request, write),
    );
  });
}

/** The query of an address, as it was sent. */
const searchOf = (url: string): string => (url.includes('?') ? url.slice(url.indexOf('?') + 1) : '');
