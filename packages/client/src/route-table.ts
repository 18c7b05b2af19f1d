import type { OperationId, routes } from '@leanvibe/protocol/route-catalogue';

type Routes = typeof routes;

/** Method and path of one route, as one literal. */
export type RouteLine<Id extends OperationId> = `${Routes[Id]['method']} ${Routes[Id]['path']}`;

/**
 * Method and path of every operation. The catalogue itself would carry its schema library into browsers, so its lines are repeated
 * here; the compiler refuses one that is missing, unknown or different.
 */
export const routeTable: { readonly [Id in OperationId]: RouteLine<Id> } = {
  createTask: 'POST /tasks/{client_id}',
  listTasks: 'GET /tasks/{client_id}',
  bulkTasks: 'POST /tasks/{client_id}/bulk',
  getBoard: 'GET /tasks/{client_id}/board',
  getBoardRules: 'GET /tasks/{client_id}/board/rules',
  updateBoardRules: 'PUT /tasks/{client_id}/board/rules',
  getTaskStats: 'GET /tasks/{client_id}/stats',
  exportTasks: 'GET /tasks/{client_id}/export',
  importTasks: 'POST /tasks/{client_id}/import',
  getTask: 'GET /tasks/{client_id}/{task_id}',
  updateTask: 'PUT /tasks/{client_id}/{task_id}',
  patchTask: 'PATCH /tasks/{client_id}/{task_id}',
  deleteTask: 'DELETE /tasks/{client_id}/{task_id}',
  restoreTask: 'POST /tasks/{client_id}/{task_id}/restore',
  moveTask: 'POST /tasks/{client_id}/{task_id}/move',
  getTaskHistory: 'GET /tasks/{client_id}/{task_id}/history',
  requestApproval: 'POST /tasks/{client_id}/{task_id}/approval',
  approveTask: 'POST /tasks/{client_id}/{task_id}/approve',
  rejectTask: 'POST /tasks/{client_id}/{task_id}/reject',
  streamEvents: 'GET /events/{client_id}',
  readEventLog: 'GET /events/{client_id}/log',
  openSocket: 'GET /ws/{client_id}',
  listConnections: 'GET /connections',
  getStreamingPreferences: 'GET /streaming/clients/{client_id}/preferences',
  updateStreamingPreferences: 'PUT /streaming/clients/{client_id}/preferences',
  createToken: 'POST /tokens',
  listTokens: 'GET /tokens',
  revokeToken: 'DELETE /tokens/{token_id}',
  createPairingLink: 'POST /pairing',
  redeemPairingLink: 'GET /pair',
  getHealth: 'GET /health',
  getReady: 'GET /ready',
  getMetrics: 'GET /metrics',
  getOpenApi: 'GET /openapi.json',
  getAsyncApi: 'GET /asyncapi.json',
  openDocs: 'GET /docs',
  getDocsFile: 'GET /docs/{file}',
  openStart: 'GET /',
  openInbox: 'GET /inbox',
  openActivity: 'GET /activity',
  openSettings: 'GET /settings',
  getServiceWorker: 'GET /service-worker.js',
  getWebAsset: 'GET /assets/{file}',
  getWebFile: 'GET /app/{file}',
};
