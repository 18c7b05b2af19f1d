import { taskRoutes } from '@leanvibe/protocol/task-routes';
import type { RouteHost } from '../http/route-binding.ts';
import { changedAnswer } from './task-answers.ts';
import type { TaskService } from './task-service.ts';
import { answerWrite } from './write-answer.ts';

/** Registers the routes by which approval is asked for and given. */
export function registerApprovalRoutes({ serve }: RouteHost, { tasks }: { tasks: TaskService }): void {
  serve(taskRoutes.requestApproval, ({ params, body }, context) =>
    answerWrite(context, changedAnswer, (write) =>
      tasks.requestApproval(params.client_id, params.task_id, body, write),
    ),
  );

  serve(taskRoutes.approveTask, ({ params, body }, context) =>
    answerWrite(context, changedAnswer, (write) => tasks.approve(params.client_id, params.task_id, body, write)),
  );

  serve(taskRoutes.rejectTask, ({ params, body }, context) =>
    answerWrite(context, changedAnswer, (write) => tasks.reject(params.client_id, params.task_id, body, write)),
  );
}
