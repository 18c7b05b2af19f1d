import type { LeanVibeEvent } from '@leanvibe/protocol/event';
import { expect, it } from 'vitest';
import { expectRefusal, nobody, openBoard, type Reply } from './board-fixture.ts';

const types = (reply: Reply): string[] => (reply.body as LeanVibeEvent[]).map(({ type }) => type);

it('[T12] tells all that happened to a task and to no other, oldest first, also when it is deleted', async () => {
  await using board = await openBoard();
  const task = await board.create();
  await board.create();
  await board.call('POST', `/${task.id}/move`, { status: 'done' });
  await board.call('POST', `/${task.id}/approval`, { requested_by: 'x' });
  await board.call('DELETE', `/${task.id}`);
  const reply = await board.call('GET', `/${task.id}/history`);
  expect(types(reply)).toEqual([
    'task_created',
    'task_updated',
    'task_completed',
    'task_updated',
    'task_approval_requested',
    'task_deleted',
  ]);
  expect(reply.headers.get('x-total-count')).toBe('6');
  expect(reply.headers.get('link')).toBeNull();
  const log = await board.log();
  expect(reply.body).toEqual(log.filter((event) => event.seq !== 2));
});

it('[T12] comes in pages', async () => {
  await using board = await openBoard();
  const task = await board.create();
  for (const title of ['b', 'c', 'd']) await board.call('PATCH', `/${task.id}`, { title });
  const first = await board.call('GET', `/${task.id}/history?limit=3`);
  expect(types(first)).toHaveLength(3);
  expect(first.headers.get('x-total-count')).toBe('4');
  const link = /^<\/tasks\/alpha(.*)>; rel="next"$/.exec(first.headers.get('link')!)![1]!;
  expect(link).toContain('limit=3');
  const last = await board.call('GET', link);
  expect((last.body as LeanVibeEvent[]).map(({ seq }) => seq)).toEqual([4]);
  expect(last.headers.get('link')).toBeNull();
});

it('[T12] refuses an unknown task, a foreign cursor, and a bad limit', async () => {
  await using board = await openBoard();
  const task = await board.create();
  expectRefusal(await board.call('GET', `/${nobody}/history`), 404, 'task-not-found');
  const elsewhere = await fetch(`${board.origin}/tasks/beta/${task.id}/history`);
  expect(elsewhere.status).toBe(404);
  const foreign = ['["position",0,"a0"]', '["history","1"]', '["history",1.5]', '["history"]'];
  for (const text of foreign) {
    const cursor = Buffer.from(text).toString('base64url');
    expectRefusal(await board.call('GET', `/${task.id}/history?cursor=${cursor}`), 400, 'cursor-invalid');
  }
  expectRefusal(await board.call('GET', `/${task.id}/history?limit=0`), 400, 'validation-failed');
});

it('[T12] is empty, not unknown, when the log no longer reaches back to it', async () => {
  await using board = await openBoard();
  const task = await board.create();
  await board.create();
  await board.store.purge({ eventsBefore: '2000', maxEvents: 1, deletedBefore: '2000', receiptsBefore: '2000' });
  const reply = await board.call('GET', `/${task.id}/history`);
  expect(reply).toMatchObject({ status: 200, body: [] });
});

it('[T12] outlives the task, as long as the log is kept', async () => {
  await using board = await openBoard();
  const task = await board.create();
  await board.call('DELETE', `/${task.id}`);
  await board.store.purge({ eventsBefore: '2000', maxEvents: 100, deletedBefore: '9999', receiptsBefore: '2000' });
  expectRefusal(await board.call('POST', `/${task.id}/restore`), 404, 'task-not-found');
  expect(types(await board.call('GET', `/${task.id}/history`))).toEqual(['task_created', 'task_deleted']);
});
