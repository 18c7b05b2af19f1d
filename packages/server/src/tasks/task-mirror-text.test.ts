import { describe, expect, it } from 'vitest';
import { mirrorText } from './task-mirror-text.ts';

const text = (...tasks: { client_id: string; id: string; doc: string }[]): string => [...mirrorText(tasks)].join('');

describe('mirrorText', () => {
  it('[T13] is an object of id to task, a task a line', () => {
    const mirror = text({ client_id: 'a', id: '1', doc: '{"id":"1"}' }, { client_id: 'b', id: '2', doc: '{"id":"2"}' });
    expect(mirror).toBe('{\n"1":{"id":"1"},\n"2":{"id":"2"}\n}\n');
  });

  it('[T13] keeps both tasks where two workspaces have the same id', () => {
    const mirror = text({ client_id: 'a', id: '1', doc: '{"n":1}' }, { client_id: 'b', id: '1', doc: '{"n":2}' });
    expect(JSON.parse(mirror)).toEqual({ '1': { n: 1 }, 'b/1': { n: 2 } });
  });

  it('[T13] is an empty object when there is no task', () => {
    expect(JSON.parse(text())).toEqual({});
  });
});
