import type { Route, RouteAccess } from '@leanvibe/protocol/route';
import { allRoutes, type OperationId } from '@leanvibe/protocol/route-catalogue';
import { tokenRoles } from '@leanvibe/protocol/token';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { temporaryWebFolder } from '../src/web/web-folder-fixture.ts';
import { expectProblem, hangMs, startTarget, type Call, type Target } from './security-fixture.ts';

type CatalogueRoute = Route & { operationId: OperationId };

/** Moves only when a test moves it, so that a token can expire. */
const clock = { nowMs: Date.now(), now: () => clock.nowMs };

const web = temporaryWebFolder();
let target: Target;

/** The tokens of the matrix by the name of their holder. */
const holders = new Map<string, string | undefined>();

beforeAll(async () => {
  target = await startTarget({ auth: 'token' }, { clock, webDir: web.path });
  holders.set('none', undefined);
  holders.set('stranger', `lv_${'A'.repeat(43)}`);
  holders.set('owner', target.owner);
  for (const role of tokenRoles) {
    holders.set(role, (await target.token({ role, name: role })).token);
    holders.set(`admin ${role}`, (await target.token({ role, admin: true, name: `admin ${role}` })).token);
  }
  const revoked = await target.token({ admin: true, name: 'revoked' });
  await target.call('DELETE', `/tokens/${revoked.id}`, { token: target.owner });
  holders.set('revoked', revoked.token);
  const endsAt = new Date(clock.nowMs + 1000).toISOString();
  holders.set('expired', (await target.token({ admin: true, expires_at: endsAt, name: 'expired' })).token);
  clock.nowMs += 2000;
});

afterAll(async () => {
  await target[Symbol.asyncDispose]();
  web[Symbol.dispose]();
});

const names = [
  'none',
  'stranger',
  'revoked',
  'expired',
  'owner',
  ...tokenRoles,
  ...tokenRoles.map((role) => `admin ${role}`),
];

/** A request that the owner of the server would be answered well; each has a task (or token, or code) of its own. */
async function goodRequest(route: CatalogueRoute, clientId: string): Promise<{ path: string } & Call> {
  const { owner } = target;
  const named = (id: string) =>
    route.path.replace('{client_id}', clientId).replace('{task_id}', id).replace('{token_id}', id);
  const newTask = async () => (await target.task(clientId)).id;
  switch (route.operationId) {
    case 'createTask':
      return { path: named(''), body: { title: 'x' } };
    case 'bulkTasks':
      return { path: named(''), body: { operations: [{ op: 'create', title: 'x' }] } };
    case 'importTasks':
      return { path: named(''), body: [{ title: 'x' }] };
    case 'updateBoardRules':
      return { path: named(''), body: { columns: { done: { wip_limit: 1_000_000 } } } };
    case 'updateStreamingPreferences':
      return { path: named(''), body: { batch_interval_ms: 50 } };
    case 'updateTask':
    case 'patchTask':
      return { path: named(await newTask()), body: { title: 'changed' } };
    case 'moveTask':
      return { path: named(await newTask()), body: { status: 'testing' } };
    case 'requestApproval':
      return { path: named(await newTask()), body: { requested_by: 'claude' } };
    case 'restoreTask': {
      const id = await newTask();
      await target.call('DELETE', `/tasks/${clientId}/${id}`, { token: owner });
      return { path: named(id) };
    }
    case 'approveTask':
    case 'rejectTask': {
      const id = await newTask();
      await target.call('POST', `/tasks/${clientId}/${id}/approval`, {
        token: owner,
        body: { requested_by: 'claude' },
      });
      return { path: named(id), body: route.operationId === 'rejectTask' ? { reason: 'no' } : {} };
    }
    case 'createToken':
      return { path: '/tokens', body: { name: 'x', client_ids: ['alpha'] } };
    case 'revokeToken':
      return { path: named((await target.token()).id) };
    case 'redeemPairingLink':
      return { path: new URL(target.app.pairingUrl()).href.slice(target.url.length) };
    case 'getDocsFile':
      return { path: '/docs/errors.md' };
    case 'getWebAsset':
      return { path: '/assets/index-1a2b.js' };
    case 'getWebFile':
      return { path: '/app/icon.svg' };
    default:
      return { path: named(route.path.includes('{task_id}') ? await newTask() : '') };
  }
}

const successOf = (route: CatalogueRoute): number => {
  // Without an upgrade there is no socket.
  if (route.operationId === 'openSocket') return 426;
  return Math.min(...Object.keys(route.answers).map(Number));
};

const mayRole = (role: string, access: RouteAccess): boolean => {
  if (role === 'read-only') return access === 'read';
  return role !== 'agent' || access !== 'decide';
};

/** What the table of the contract says, without looking at how the server decides. */
function expectedStatus(name: string, route: CatalogueRoute, clientId: string): number {
  if (route.access === 'public') return successOf(route);
  if (['none', 'stranger', 'revoked', 'expired'].includes(name)) return 401;
  const [role, isAdmin] = name === 'owner' ? ['human', true] : [name.replace('admin ', ''), name.startsWith('admin ')];
  const isForeign = route.path.includes('{client_id}') && clientId !== 'alpha';
  if (!isAdmin && (isForeign || route.access === 'admin')) return 403;
  return mayRole(role as string, route.access) ? successOf(route) : 403;
}

describe('row 6: who may do what, role by role and route by route', () => {
  it.each(names)('[S2] %s, in the own workspace and in another', { timeout: 60_000 }, async (name) => {
    for (const route of allRoutes) {
      for (const clientId of route.path.includes('{client_id}') ? ['alpha', 'beta'] : ['alpha']) {
        const { path, ...request } = await goodRequest(route, clientId);
        const before = target.state();
        const reply = await target.call(route.method, path, { ...request, token: holders.get(name) });
        const expected = expectedStatus(name, route, clientId);
        expect([name, route.operationId, clientId, reply.status], reply.text).toEqual([
          name,
          route.operationId,
          clientId,
          expected,
        ]);
        if (expected === 401 || expected === 403) {
          expectProblem(reply, expected, expected === 401 ? 'unauthorized' : 'forbidden');
          expect(target.state()).toBe(before);
        }
      }
    }
  });

  it.each(names)('[S2] [W8] %s, with a socket', async (name) => {
    const secret = holders.get(name);
    const headers: Record<string, string> = secret === undefined ? {} : { authorization: `Bearer ${secret}` };
    const outcome = async (clientId: string) => {
      const socket = target.socket(`/ws/${clientId}`, headers);
      const opened = await Promise.race([
        socket.frame('hello').then(() => 'open'),
        socket.end().then(({ code }) => code),
      ]);
      socket.terminate();
      return opened;
    };
    const isNobody = ['none', 'stranger', 'revoked', 'expired'].includes(name);
    const everywhere = name === 'owner' || name.startsWith('admin ');
    expect(await outcome('alpha')).toBe(isNobody ? 4001 : 'open');
    expect(await outcome('beta')).toBe(isNobody ? 4001 : everywhere ? 'open' : 4003);
  });
});

describe('row 6: an agent never decides', () => {
  const decisions = ['approve', 'reject'];
  const ofTask = (id: string) => `/tasks/alpha/${id}`;

  async function pendingTask(): Promise<string> {
    const { id } = await target.task('alpha');
    const body = { requested_by: 'claude' };
    expect((await target.call('POST', `${ofTask(id)}/approval`, { token: holders.get('agent'), body })).status).toBe(
      200,
    );
    return id;
  }

  const stateOf = async (id: string) => {
    const { body } = await target.call('GET', ofTask(id), { token: target.owner });
    return (body as { approval: { state: string } | null }).approval?.state ?? null;
  };

  it('[S2] in whatever name, and by whichever route it tries', async () => {
    const id = await pendingTask();
    const approval = {
      state: 'approved',
      requested_by: 'a',
      requested_at: '2026-01-01T00:00:00.000Z',
      decided_by: 'boss',
      decided_at: '2026-01-01T00:00:00.000Z',
      reason: null,
      task_version: 1,
    };
    for (const holder of ['agent', 'admin agent']) {
      const token = holders.get(holder);
      for (const actor of ['human:boss', 'agent:claude', 'human:agent']) {
        for (const path of decisions) {
          const headers = { 'x-leanvibe-actor': actor };
          const reply = await target.call('POST', `${ofTask(id)}/${path}`, {
            token,
            headers,
            body: { reason: 'so', decided_by: 'boss' },
          });
          expectProblem(reply, 403, 'forbidden');
        }
      }
      const tries: [string, string, unknown, number][] = [
        ['PUT', ofTask(id), { approval }, 400],
        ['PATCH', ofTask(id), { approval }, 400],
        ['POST', '/tasks/alpha', { title: 'x', approval }, 400],
        ['POST', `${ofTask(id)}/approval`, { requested_by: 'x', state: 'approved' }, 400],
        ['POST', '/tasks/alpha/bulk', { operations: [{ op: 'approve', task_id: id }] }, 400],
        ['POST', `${ofTask(id)}//approve`, {}, 404],
        ['POST', `${ofTask(id)}/Approve`, {}, 404],
      ];
      for (const [method, path, body, status] of tries) {
        expect([method, path, (await target.call(method, path, { token, body })).status]).toEqual([
          method,
          path,
          status,
        ]);
      }
      const operations = [
        { op: 'update', task_id: id, approval },
        { op: 'create', title: 'x', approval },
      ];
      const bulk = await target.call('POST', '/tasks/alpha/bulk', { token, body: { operations } });
      expect(bulk.body).toMatchObject({ succeeded: 0, failed: 2, results: [{ status: 400 }, { status: 400 }] });
      for (const path of ['/approve/', '/%61pprove', '/approve?x=1', '/approve;x']) {
        expect([403, 404]).toContain((await target.call('POST', ofTask(id) + path, { token, body: {} })).status);
      }
    }
    expect(await stateOf(id)).toBe('pending');
  });

  it('[S2] a person who names an agent as actor decides nothing either', async () => {
    const id = await pendingTask();
    const headers = { 'x-leanvibe-actor': 'agent:claude' };
    expectProblem(
      await target.call('POST', `${ofTask(id)}/approve`, { token: target.owner, headers }),
      403,
      'forbidden',
    );
    expect(await stateOf(id)).toBe('pending');
  });

  it('[S2] a decision that was brought in with a file is none of its own', async () => {
    const id = await pendingTask();
    expect((await target.call('POST', `${ofTask(id)}/approve`, { token: target.owner })).status).toBe(200);
    const file = (await target.call('GET', '/tasks/alpha/export', { token: holders.get('agent') })).body as {
      tasks: { id: string }[];
    };
    const tasks = file.tasks.filter((task) => task.id === id);
    expect((await target.call('DELETE', ofTask(id), { token: holders.get('agent') })).status).toBe(204);
    for (const holder of ['agent', 'admin agent']) {
      const headers = { 'x-leanvibe-actor': 'human:boss' };
      const reply = await target.call('POST', '/tasks/alpha/import', {
        token: holders.get(holder),
        headers,
        body: { ...file, tasks },
      });
      expectProblem(reply, 403, 'forbidden');
    }
    expect(
      (await target.call('POST', '/tasks/alpha/import', { token: target.owner, body: { ...file, tasks } })).status,
    ).toBe(200);
    expect(await stateOf(id)).toBe('approved');
  });
});

describe('row 6: a token that ends', () => {
  const streamOf = async (token: string) => {
    const response = await fetch(`${target.url}/events/alpha`, { headers: { authorization: `Bearer ${token}` } });
    const reader = response.body!.getReader();
    await reader.read();
    const ended = (async () => {
      while (!(await reader.read()).done);
      return 'ended';
    })().catch(() => 'ended');
    return { ended };
  };
  const orHang = (ended: Promise<unknown>) =>
    Promise.race([ended, new Promise((resolve) => setTimeout(resolve, hangMs, 'hangs').unref())]);

  it('[S2] closes its sockets and streams when it is revoked, and no other', { timeout: 30_000 }, async () => {
    const made = await target.token({ role: 'agent' });
    const headers = { authorization: `Bearer ${made.token}` };
    const socket = target.socket('/ws/alpha', headers);
    const other = target.socket('/ws/alpha', { authorization: `Bearer ${holders.get('agent')}` });
    await Promise.all([socket.frame('hello'), other.frame('hello')]);
    const stream = await streamOf(made.token);
    const poll = target.call('GET', '/events/alpha/log?wait_seconds=1', { token: made.token });
    expect((await target.call('DELETE', `/tokens/${made.id}`, { token: target.owner })).status).toBe(204);
    expect(await orHang(socket.end())).toEqual({ code: 4001, reason: 'unauthorized' });
    expect(await orHang(stream.ended)).toBe('ended');
    await poll;
    expect((await target.call('GET', '/tasks/alpha', { token: made.token })).status).toBe(401);
    expect(other.closed).toBeNull();
    other.terminate();
  });

  it('[S2] closes them when it expires', { timeout: 30_000 }, async () => {
    const made = await target.token({ expires_at: new Date(clock.nowMs + 60_000).toISOString() });
    const socket = target.socket('/ws/alpha', { authorization: `Bearer ${made.token}` });
    await socket.frame('hello');
    const stream = await streamOf(made.token);
    clock.nowMs += 60_001;
    expect(await orHang(socket.end())).toEqual({ code: 4001, reason: 'unauthorized' });
    expect(await orHang(stream.ended)).toBe('ended');
  });
});
