import type { Approval, Task } from '@leanvibe/protocol/task';
import { describe, expect, it } from 'vitest';
import { expectRefusal, nobody, openBoard, type OpenBoard } from './board-fixture.ts';

const ask = (board: OpenBoard, id: string, body: object = { requested_by: 'claude' }) =>
  board.watch(() => board.call('POST', `/${id}/approval`, body));
const approve = (board: OpenBoard, id: string, body?: object, headers: Record<string, string> = {}) =>
  board.watch(() => board.call('POST', `/${id}/approve`, body, headers));
const reject = (board: OpenBoard, id: string, body: object = { reason: 'no tests' }) =>
  board.watch(() => board.call('POST', `/${id}/reject`, body));
const update = (board: OpenBoard, id: string, body: object) => board.watch(() => board.call('PATCH', `/${id}`, body));

/** A board with a task whose approval is pending. */
async function pending() {
  const board = await openBoard();
  const { id } = await board.create();
  const asked = await ask(board, id);
  return { board, id, task: asked.body as Task };
}

describe('asking', () => {
  it('[T11] binds the request to the version that it makes', async () => {
    await using board = await openBoard();
    const { id } = await board.create();
    const asked = await ask(board, id, { requested_by: ' claude ', note: 'ready?' });
    expect(asked).toMatchObject({ status: 200, types: ['task_updated', 'task_approval_requested'] });
    const task = asked.body as Task;
    const approval: Approval = {
      state: 'pending',
      requested_by: 'claude',
      requested_at: task.updated_at,
      decided_by: null,
      decided_at: null,
      reason: 'ready?',
      task_version: 2,
    };
    expect(task).toMatchObject({ version: 2, approval });
    expect(asked.headers.get('etag')).toBe('"2"');
    expect(asked.events[0]!.data).toEqual({ task, changes: { approval: { from: null, to: approval } } });
    expect(asked.events[1]).toMatchObject({ priority: 'high', data: { task } });
  });

  it('[T11] is refused while one is pending, and when the task is approved as it is', async () => {
    const { board, id } = await pending();
    await using _open = board;
    expect(expectRefusal(await ask(board, id), 409, 'approval-conflict')['approval']).toMatchObject({
      state: 'pending',
    });
    await approve(board, id);
    expect(expectRefusal(await ask(board, id), 409, 'approval-conflict')['approval']).toMatchObject({
      state: 'approved',
    });
  });

  it('[T11] is possible again after a rejection, and after a change', async () => {
    const { board, id } = await pending();
    await using _open = board;
    await reject(board, id);
    expect((await ask(board, id)).body).toMatchObject({
      approval: { state: 'pending', reason: null, decided_by: null },
    });
    await update(board, id, { title: 'New' });
    expect((await ask(board, id)).body).toMatchObject({ version: 6, approval: { state: 'pending', task_version: 6 } });
  });

  it('[T11] needs to say who asks, about a task that is there', async () => {
    await using board = await openBoard();
    const { id } = await board.create();
    expectRefusal(await ask(board, id, {}), 400, 'validation-failed');
    expectRefusal(await ask(board, id, { requested_by: ' ' }), 400, 'validation-failed');
    expectRefusal(await ask(board, nobody), 404, 'task-not-found');
  });
});

describe('deciding', () => {
  it('[T11] approves, by default in the name of who acts', async () => {
    const { board, id, task } = await pending();
    await using _open = board;
    const approved = await approve(board, id, undefined, { 'x-leanvibe-actor': 'human:ada' });
    expect(approved).toMatchObject({ status: 200, types: ['task_updated', 'task_approved'] });
    const after = approved.body as Task;
    const approval = { ...task.approval, state: 'approved', decided_by: 'ada', decided_at: after.updated_at };
    expect(after).toEqual({ ...task, version: 3, updated_at: after.updated_at, approval });
    expect(approved.events[0]!.data).toMatchObject({ changes: { approval: { from: task.approval, to: approval } } });
    expect(approved.events[1]).toMatchObject({
      priority: 'high',
      actor: { kind: 'human', id: 'ada' },
      data: { task: after },
    });
  });

  it('[T11] takes a name and a comment with the approval', async () => {
    const { board, id } = await pending();
    await using _open = board;
    const approved = await approve(board, id, { decided_by: 'bob', comment: 'fine' });
    expect(approved.body).toMatchObject({ approval: { decided_by: 'bob', reason: 'fine', task_version: 2 } });
  });

  it('[T11] rejects with a reason', async () => {
    const { board, id } = await pending();
    await using _open = board;
    for (const body of [{}, { reason: ' ' }]) expectRefusal(await reject(board, id, body), 400, 'validation-failed');
    const rejected = await reject(board, id, { reason: 'no tests' });
    expect(rejected).toMatchObject({ status: 200, types: ['task_updated', 'task_rejected'] });
    expect(rejected.body).toMatchObject({ approval: { state: 'rejected', decided_by: 'local', reason: 'no tests' } });
  });

  it('[S2] is not for agents, who may ask', async () => {
    const { board, id, task } = await pending();
    await using _open = board;
    const agent = { 'x-leanvibe-actor': 'agent:claude' };
    expectRefusal(await approve(board, id, undefined, agent), 403, 'forbidden');
    const rejection = await board.watch(() => board.call('POST', `/${id}/reject`, { reason: 'x' }, agent));
    expectRefusal(rejection, 403, 'forbidden');
    expect(await board.get(id)).toEqual(task);
    const other = await board.create();
    expect((await board.call('POST', `/${other.id}/approval`, { requested_by: 'claude' }, agent)).status).toBe(200);
  });

  it('[T11] is refused when nothing was asked, and a second time', async () => {
    await using board = await openBoard();
    const { id } = await board.create();
    expect(expectRefusal(await approve(board, id), 409, 'approval-conflict')).toMatchObject({ approval: null });
    expect(expectRefusal(await reject(board, id), 409, 'approval-conflict')).toMatchObject({ approval: null });
    await ask(board, id);
    await reject(board, id);
    const second = expectRefusal(await approve(board, id), 409, 'approval-conflict');
    expect(second).toMatchObject({ approval: { state: 'rejected' } });
    expectRefusal(await approve(board, nobody), 404, 'task-not-found');
  });

  it('[T11] lets exactly one of many decisions win', async () => {
    const { board, id } = await pending();
    await using _open = board;
    const replies = await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        n % 2 === 0
          ? board.call('POST', `/${id}/approve`, { decided_by: `p${n}` })
          : board.call('POST', `/${id}/reject`, { reason: 'x', decided_by: `p${n}` }),
      ),
    );
    const won = replies.filter(({ status }) => status === 200);
    expect(won).toHaveLength(1);
    expect(await board.get(id)).toEqual(won[0]!.body);
    for (const reply of replies.filter((candidate) => candidate !== won[0])) {
      expect(expectRefusal(reply, 409, 'approval-conflict')).toMatchObject({
        approval: (won[0]!.body as Task).approval,
      });
    }
    expect((await board.log()).map(({ type }) => type)).toHaveLength(5);
  });
});

describe('a later change', () => {
  const work: [string, object][] = [
    ['title', { title: 'Other' }],
    ['description', { description: 'Other' }],
    ['priority', { priority: 'high' }],
    ['assigned_to', { assigned_to: 'ada' }],
    ['confidence_score', { confidence_score: 0.5 }],
    ['estimated_hours', { estimated_hours: 1 }],
    ['actual_hours', { actual_hours: 1 }],
    ['due_at', { due_at: '2027-01-01T00:00:00Z' }],
    ['tags', { tags: ['x'] }],
    ['metadata', { metadata: { x: 1 } }],
  ];

  it.each(work)('[T11] of the %s voids the approval, visibly', async (member, body) => {
    const { board, id, task } = await pending();
    await using _open = board;
    const changed = await update(board, id, body);
    expect(changed).toMatchObject({ types: ['task_updated'], body: { approval: null } });
    const { changes } = changed.events[0]!.data as { changes: Record<string, unknown> };
    expect(Object.keys(changes).sort()).toEqual(['approval', member].sort());
    expect(changes['approval']).toEqual({ from: task.approval, to: null });
    expectRefusal(await approve(board, id), 409, 'approval-conflict');
  });

  it('[T11] of the dependencies voids it too, also when it was given', async () => {
    const { board, id } = await pending();
    await using _open = board;
    await approve(board, id);
    const other = await board.create();
    expect((await update(board, id, { depends_on: [other.id] })).body).toMatchObject({ approval: null });
  });

  it('[T11] of the place, or one that changes nothing, leaves it', async () => {
    const { board, id, task } = await pending();
    await using _open = board;
    await board.create();
    await update(board, id, { title: 'A task', tags: [] });
    await update(board, id, { status: 'testing' });
    await board.call('POST', `/${id}/move`, { status: 'backlog' });
    expect((await board.get(id)).approval).toEqual(task.approval);
    expect((await approve(board, id)).status).toBe(200);
    expect((await board.call('POST', `/${id}/move`, { status: 'done' })).body).toMatchObject({
      approval: { state: 'approved' },
    });
  });
});

describe('a board that wants approval for done', () => {
  it('[T6] lets in only what is approved as it is', async () => {
    await using board = await openBoard();
    await board.rules({ require_approval_for_done: true });
    const { id } = await board.create();
    const toDone = () => board.watch(() => board.call('POST', `/${id}/move`, { status: 'done' }));
    expectRefusal(await toDone(), 409, 'approval-required');
    expectRefusal(await update(board, id, { status: 'done' }), 409, 'approval-required');
    const born = await board.watch(() => board.call('POST', '', { title: 'x', status: 'done' }));
    expectRefusal(born, 409, 'approval-required');
    await ask(board, id);
    expectRefusal(await toDone(), 409, 'approval-required');
    await reject(board, id);
    expectRefusal(await toDone(), 409, 'approval-required');
    await ask(board, id);
    await approve(board, id);
    // The same request that changes the work takes its approval away.
    expectRefusal(await update(board, id, { status: 'done', title: 'Sneaky' }), 409, 'approval-required');
    expect((await board.call('POST', `/${id}/move`, { status: 'testing' })).status).toBe(200);
    const done = await toDone();
    expect(done).toMatchObject({ status: 200, types: ['task_updated', 'task_completed'] });
    expect((await update(board, id, { title: 'Later' })).body).toMatchObject({ status: 'done', approval: null });
  });
});
