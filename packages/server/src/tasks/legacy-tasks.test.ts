import { describe, expect, it } from 'vitest';
import { modernTask, withImported } from './legacy-tasks.ts';

describe('modernTask', () => {
  it('[T13] gives the old names of the members their new ones', () => {
    const old = {
      title: 'A',
      confidence: 0.4,
      estimated_effort: 2,
      actual_effort: 3,
      dependencies: ['b'],
      labels: ['x'],
      assignee: 'ada',
      due_date: '2025-01-10',
    };
    expect(modernTask(old)).toEqual({
      title: 'A',
      confidence_score: 0.4,
      estimated_hours: 2,
      actual_hours: 3,
      depends_on: ['b'],
      tags: ['x'],
      assigned_to: 'ada',
      due_at: '2025-01-10',
    });
  });

  it('[T13] takes the name with a value, and the newer one of two, keeping the other', () => {
    expect(modernTask({ title: 'A', confidence: null, confidence_score: 0.7 })).toEqual({
      title: 'A',
      confidence_score: 0.7,
    });
    expect(modernTask({ title: 'A', confidence: 0.7, confidence_score: 0.7 })).toEqual({
      title: 'A',
      confidence_score: 0.7,
    });
    expect(modernTask({ title: 'A', confidence: 0.9, confidence_score: 0.7 })).toEqual({
      title: 'A',
      confidence_score: 0.9,
      metadata: { imported: { confidence_score: 0.7 } },
    });
  });

  it('[T13] keeps what it does not know under metadata.imported, beside the metadata that is there', () => {
    const old = {
      title: 'A',
      client_id: 'ios',
      project_id: 'p',
      attachments: [],
      agent_decision: { why: 'x' },
      metadata: { a: 1 },
    };
    expect(modernTask(old)).toEqual({
      title: 'A',
      metadata: { a: 1, imported: { client_id: 'ios', project_id: 'p', agent_decision: { why: 'x' } } },
    });
  });

  it('[T13] does not note the workspace of a task that this server wrote', () => {
    expect(modernTask({ title: 'A', version: 3, client_id: 'w' })).toEqual({ title: 'A', version: 3 });
  });

  it('[T13] keeps the time of completion of a task that was reopened in its metadata', () => {
    const time = '2025-01-10 10:00:00';
    expect(modernTask({ title: 'A', status: 'todo', completed_at: time })).toEqual({
      title: 'A',
      status: 'todo',
      metadata: { imported: { completed_at: time } },
    });
    expect(modernTask({ title: 'A', status: 'DONE', completed_at: time })).toMatchObject({ completed_at: time });
  });

  it('[T13] tells an empty text from none where it is one', () => {
    expect(modernTask({ title: '', description: '', assigned_to: '', due_date: '' })).toEqual({
      title: '',
      description: '',
    });
  });

  it('[T13] tidies tags that stand twice or are empty', () => {
    expect(modernTask({ title: 'A', tags: [' x', 'x', '', 7] })).toEqual({ title: 'A', tags: ['x', 7] });
  });

  it('[T13] keeps a member named __proto__ as a member', () => {
    const task = modernTask(JSON.parse('{"title": "A", "__proto__": {"polluted": true}}') as Record<string, unknown>);
    expect(JSON.stringify(task)).toBe('{"title":"A","metadata":{"imported":{"__proto__":{"polluted":true}}}}');
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });
});

describe('withImported', () => {
  it('[T13] adds to what an earlier import noted', () => {
    expect(withImported({ imported: { id: '7' } }, { b: 1 })).toEqual({ imported: { id: '7', b: 1 } });
    expect(withImported({ imported: 'x' }, { b: 1 })).toEqual({ imported: { b: 1 } });
  });

  it('[T13] leaves metadata that is no object for the check to refuse', () => {
    expect(withImported('x', { b: 1 })).toBe('x');
  });
});
