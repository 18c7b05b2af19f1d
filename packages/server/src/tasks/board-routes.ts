import type { BoardRules } from '@leanvibe/protocol/board';
import { taskRoutes } from '@leanvibe/protocol/task-routes';
import type { RouteHost } from '../http/route-binding.ts';
import type { BoardRulesService } from './board-rules-service.ts';
import { changedAnswer, entityAnswer, textAnswer } from './task-answers.ts';
import type { TaskReadService } from './task-read-service.ts';
import type { TaskService } from './task-service.ts';
import { answerWrite } from './write-answer.ts';

/** What the routes of boards call. */
export type BoardRouteDeps = { tasks: TaskService; reads: TaskReadService; rules: BoardRulesService };

/** Registers the routes of the board as a whole, of its rules, and of places on it. */
export function registerBoardRoutes({ serve }: RouteHost, { tasks, reads, rules }: BoardRouteDeps): void {
  serve(taskRoutes.getBoard, async ({ params }) => textAnswer(await reads.board(params.client_id)));

  serve(taskRoutes.getTaskStats, async ({ params }) => textAnswer(await reads.stats(params.client_id)));

  serve(taskRoutes.getBoardRules, async ({ params }) => rulesAnswer(await rules.get(params.client_id)));

  serve(taskRoutes.updateBoardRules, ({ params, body }, context) =>
    answerWrite(context, rulesAnswer, (write) => rules.update(params.client_id, body, write)),
  );

  serve(taskRoutes.moveTask, ({ params, body }, context) =>
    answerWrite(context, changedAnswer, (write) => tasks.move(params.client_id, params.task_id, body, write)),
  );
}

const rulesAnswer = (rules: BoardRules) => entityAnswer(JSON.stringify(rules), rules.version);
