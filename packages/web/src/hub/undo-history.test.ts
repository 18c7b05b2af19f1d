import { describe, expect, it } from 'vitest';
import { taskWith } from './board-fixture.ts';
import { UndoHistory } from './undo-history.ts';

const entry = (done: string) => ({ done, inverse: { kind: 'delete' as const, before: taskWith({ id: done }) } });

describe('the history of what can be undone', () => {
  it('[Undo] gives back the newest first, each once', () => {
    const history = new UndoHistory();
    const [first, second] = [entry('first'), entry('second')];
    history.push(first);
    history.push(second);
    expect([history.take(), history.take(), history.take()]).toEqual([second, first, null]);
  });

  it('[Undo] gives back a certain one, as the button beside it asks, unless it was undone already', () => {
    const history = new UndoHistory();
    const [first, second] = [entry('first'), entry('second')];
    history.push(first);
    history.push(second);
    expect(history.take(first)).toBe(first);
    expect(history.take(first)).toBeNull();
    expect(history.take()).toBe(second);
  });

  it('[Undo] keeps the last fifty', () => {
    const history = new UndoHistory();
    const entries = Array.from({ length: 60 }, (_, index) => entry(String(index)));
    for (const each of entries) history.push(each);
    const taken = Array.from({ length: 51 }, () => history.take()?.done);
    expect(taken.at(49)).toBe('10');
    expect(taken.at(50)).toBeUndefined();
  });
});

it('[Undo] waits for what is still on its way, even when that is refused', async () => {
  const history = new UndoHistory();
  const [done, refused] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const log: string[] = [];
  const tracked = [history.track(done.promise.then(() => log.push('done'))), history.track(refused.promise)];
  const settled = history.settled().then(() => log.push('settled'));
  done.resolve();
  refused.reject(new Error('refused'));
  await Promise.allSettled([...tracked, settled]);
  expect(log).toEqual(['done', 'settled']);
});
