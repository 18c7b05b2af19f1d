import { allRoutes, routes, type OperationId } from '@leanvibe/protocol/route-catalogue';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { temporaryWebFolder } from '../../server/src/web/web-folder-fixture.ts';
import type { LeanVibeClient } from './leanvibe-client.ts';
import { routeTable } from './route-table.ts';
import { RunningServer } from './running-server-fixture.ts';

/** A readable call for every operation: the compiler refuses a table that lacks one. */
type Calls = { readonly [Id in OperationId]: (client: LeanVibeClient) => Promise<unknown> };

const newTask = (client: LeanVibeClient) => client.tasks.create({ title: 'Write the manual' });

const pendingTask = async (client: LeanVibeClient) => {
  const { id } = await newTask(client);
  return client.tasks.requestApproval(id, { requested_by: 'claude' });
};

const calls: Calls = {
  createTask: newTask,
  listTasks: (client) => client.tasks.list({ status: ['backlog', 'done'], limit: 5, sort: '-created_at' }),
  bulkTasks: (client) => client.tasks.bulk({ operations: [{ op: 'create', title: 'One of many' }], atomic: true }),
  getBoard: (client) => client.tasks.board(),
  getBoardRules: (client) => client.tasks.rules.get(),
  updateBoardRules: (client) => client.tasks.rules.update({ columns: { testing: { wip_limit: 100 } } }),
  getTaskStats: (client) => client.tasks.stats(),
  exportTasks: (client) => client.tasks.export(),
  importTasks: (client) => client.tasks.import([{ title: 'From a file' }], { on_conflict: 'skip' }),
  getTask: async (client) => client.tasks.get((await newTask(client)).id),
  updateTask: async (client) => client.tasks.put((await newTask(client)).id, { priority: 'high' }, { ifMatch: 1 }),
  patchTask: async (client) =>
    client.tasks.update((await newTask(client)).id, { priority: 'high' }, { ifMatch: '"1"' }),
  deleteTask: async (client) => client.tasks.delete((await newTask(client)).id),
  restoreTask: async (client) => {
    const { id } = await newTask(client);
    await client.tasks.delete(id);
    return client.tasks.restore(id);
  },
  moveTask: async (client) => client.tasks.move((await newTask(client)).id, { status: 'in_progress' }),
  getTaskHistory: async (client) => client.tasks.history((await newTask(client)).id, { limit: 10 }),
  requestApproval: pendingTask,
  approveTask: async (client) => client.tasks.approve((await pendingTask(client)).id),
  rejectTask: async (client) => client.tasks.reject((await pendingTask(client)).id, { reason: 'Not yet' }),
  streamEvents: async (client) => {
    await newTask(client);
    const { cursor } = await client.events.log({ limit: 1 });
    const events = client.events.serverSent({ cursor });
    await newTask(client);
    const { value } = await events.next();
    await events.return();
    return value;
  },
  readEventLog: (client) => client.events.log({ limit: 10 }),
  openSocket: async (client) => {
    const { cursor } = await client.tasks.board();
    await newTask(client);
    await using stream = client.events.stream({ cursor });
    const { value } = await stream.next();
    // What answers a request without an upgrade to the address of the stream.
    await client.call('openSocket', { params: { client_id: client.clientId } }).catch((error: unknown) => error);
    return value;
  },
  listConnections: (client) => client.connections.list(),
  getStreamingPreferences: (client) => client.preferences.get(),
  updateStreamingPreferences: (client) => client.preferences.update({ min_priority: 'low' }, { ifMatch: '*' }),
  createToken: (client) => client.tokens.create({ name: 'phone', client_ids: [client.clientId] }),
  listTokens: (client) => client.tokens.list({ limit: 10 }),
  revokeToken: async (client) => client.tokens.revoke((await client.tokens.create({ name: 'old', admin: true })).id),
  createPairingLink: (client) => client.pairing.createLink(),
  redeemPairingLink: async (client) => {
    const { url } = await client.pairing.createLink();
    return client.pairing.redeem(new URL(url).searchParams.get('code')!);
  },
  getHealth: (client) => client.health(),
  getReady: (client) => client.ready(),
  getMetrics: (client) => client.metrics(),
  getOpenApi: (client) => client.documents.openApi(),
  getAsyncApi: (client) => client.documents.asyncApi(),
  openDocs: (client) => client.documents.page(),
  getDocsFile: async (client) => (await client.documents.file('errors.md')).text(),
  // The app is for browsers, which go to its pages themselves.
  openStart: (client) => client.call('openStart', {}),
  openInbox: (client) => client.call('openInbox', {}),
  openActivity: (client) => client.call('openActivity', {}),
  openSettings: (client) => client.call('openSettings', {}),
  getServiceWorker: (client) => client.call('getServiceWorker', {}),
  getWebAsset: (client) => client.call('getWebAsset', { params: { file: 'index-1a2b.js' } }),
  getWebFile: (client) => client.call('getWebFile', { params: { file: 'icon.svg' } }),
};

type Exchange = { method: string; path: string; status: number };

/** A client whose exchanges are written down. */
const observedClient = (server: RunningServer) => {
  const exchanges: Exchange[] = [];
  const observed: typeof fetch = async (input, init) => {
    const response = await fetch(input, init);
    exchanges.push({ method: init?.method ?? 'GET', path: new URL(String(input)).pathname, status: response.status });
    return response;
  };
  return { exchanges, client: server.client('operations', { fetch: observed, token: server.firstToken }) };
};

const matches = (id: OperationId, { method, path }: Exchange): boolean => {
  const template = routes[id].path.replaceAll(/\{\w+\}/g, '[^/]+');
  return method === routes[id].method && new RegExp(`^${template}$`).test(path);
};

describe('operations', () => {
  const web = temporaryWebFolder();
  let server: RunningServer;
  beforeAll(async () => {
    server = await RunningServer.start({ auth: 'token' }, { webDir: web.path });
  });
  afterAll(async () => {
    await server[Symbol.asyncDispose]();
    web[Symbol.dispose]();
  });

  it('[C8] are those of the catalogue, with its methods and paths', () => {
    const catalogue = Object.fromEntries(
      allRoutes.map(({ operationId, method, path }) => [operationId, `${method} ${path}`]),
    );
    expect(routeTable).toEqual(catalogue);
  });

  it.each(Object.entries(calls) as [OperationId, Calls[OperationId]][])(
    '[C8] can be called by a readable name: %s',
    async (id, call) => {
      const { client, exchanges } = observedClient(server);
      const answer = await call(client);
      const exchange = exchanges.findLast((each) => matches(id, each));
      // A socket is opened past fetch; its address answers to fetch with the demand to upgrade.
      const statuses = id === 'openSocket' ? ['426'] : Object.keys(routes[id].answers);
      expect(statuses).toContain(String(exchange?.status));
      const { body } =
        (routes[id].answers as Record<number, { body?: { parse: (value: unknown) => unknown } }>)[exchange!.status] ??
        {};
      const isPage = answer !== null && typeof answer === 'object' && ('next' in answer || id === 'streamEvents');
      if (body && !isPage) expect(() => body.parse(answer)).not.toThrow();
    },
  );
});
