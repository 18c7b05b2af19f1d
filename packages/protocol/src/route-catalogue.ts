import { eventRoutes } from './event-routes.ts';
import type { Route } from './route.ts';
import { accessRoutes, systemRoutes } from './system-routes.ts';
import { taskRoutes } from './task-routes.ts';
import { webRoutes } from './web-routes.ts';

/** Every route of the HTTP interface, by its operation id. */
export const routes = { ...taskRoutes, ...eventRoutes, ...accessRoutes, ...systemRoutes, ...webRoutes } as const;

/** The name of a route, as OpenAPI and the client use it. */
export type OperationId = keyof typeof routes;

/** The routes as a list, for what treats them all alike. */
export const allRoutes: readonly (Route & { operationId: OperationId })[] = Object.entries(routes).map(
  ([operationId, definition]) => ({
    ...definition,
    operationId: operationId as OperationId,
  }),
);
