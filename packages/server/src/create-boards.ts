import type { Logger } from 'pino';
import type { Clock } from './clock.ts';
import type { ServerConfig } from './config.ts';
import type { Store } from './database/store.ts';
import type { RouteHost } from './http/route-binding.ts';
import type { HealthCheck } from './system/health-report.ts';
import { registerApprovalRoutes } from './tasks/approval-routes.ts';
import { registerBoardRoutes } from './tasks/board-routes.ts';
import { BoardRulesService } from './tasks/board-rules-service.ts';
import { TaskCache } from './tasks/task-cache.ts';
import { TaskMirror } from './tasks/task-mirror.ts';
import { TaskReadService } from './tasks/task-read-service.ts';
import { registerTaskRoutes } from './tasks/task-routes.ts';
import { TaskService } from './tasks/task-service.ts';
import { TaskExporter } from './tasks/task-transfer-export.ts';
import { TaskImporter } from './tasks/task-transfer-import.ts';
import { registerTransferRoutes } from './tasks/transfer-routes.ts';

export type BoardsDeps = { config: ServerConfig; store: Store; clock: Clock; log: Logger };

/** Everything about tasks. Disposing it writes the mirror a last time. */
export type Boards = AsyncDisposable & {
  components: Readonly<Record<string, HealthCheck>>;
  register(host: RouteHost): void;
};

/** Builds what keeps the boards. */
export function createBoards({ config, store, clock, log }: BoardsDeps): Boards {
  const tasks = new TaskService({ store, clock });
  const rules = new BoardRulesService({ store, clock });
  const reads = new TaskReadService({ store, cache: new TaskCache() });
  const exporter = new TaskExporter({ store, clock });
  const importer = new TaskImporter({ store, clock });
  const { mirrorFile: path, databaseFile } = config;
  const onAppend = store.onAppend.bind(store);
  const mirror = path === null ? null : new TaskMirror({ path, databaseFile, onAppend, log });
  return {
    components: { TaskService: () => taskHealth(store), ...(mirror ? { TaskMirror: () => mirror.health() } : {}) },
    register(host) {
      registerBoardRoutes(host, { tasks, reads, rules });
      registerTaskRoutes(host, { store, tasks, reads });
      registerApprovalRoutes(host, { tasks });
      registerTransferRoutes(host, { exporter, importer });
    },
    async [Symbol.asyncDispose]() {
      await mirror?.[Symbol.asyncDispose]();
    },
  };
}

function taskHealth({ state }: Store): ReturnType<HealthCheck> {
  return state === 'ok'
    ? { status: 'ok' }
    : { status: state === 'full' ? 'degraded' : 'down', detail: 'Tasks can be read but not changed.' };
}
