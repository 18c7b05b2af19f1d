import type { Task } from '@leanvibe/protocol/task';
import { describe, expect, it } from 'vitest';
import { csvColumns, csvHeader, csvLines, harmlessCell, joinList } from './task-csv.ts';

const task: Task = {
  id: '019aa0c2-7c1e-7d4c-9d2f-5b7a3c1d9e01',
  client_id: 'w',
  version: 2,
  title: 'Say "hello", world',
  description: 'two\r\nlines',
  status: 'done',
  priority: 'high',
  position: 'a0',
  assigned_to: null,
  confidence_score: 0,
  estimated_hours: 1.5,
  actual_hours: null,
  due_at: null,
  started_at: null,
  completed_at: '2026-01-01T00:00:00.000Z',
  tags: ['a;b', String.raw`c\d`, 'e'],
  depends_on: [],
  approval: null,
  metadata: { x: [1] },
  created_at: '2026-01-01T00:00:00.000Z',
  updated_at: '2026-01-02T00:00:00.000Z',
};

describe('csvLines', () => {
  it('[T13] has a header with the members of a task', () => {
    expect(csvHeader()).toBe(`${csvColumns.join(',')}\r\n`);
    expect(new Set(csvColumns)).toEqual(new Set(Object.keys(task)));
  });

  it('[T13] quotes as RFC 4180 says, and ends lines with CRLF', () => {
    expect(csvLines([task])).toBe(
      `${[
        task.id,
        'w',
        '2',
        '"Say ""hello"", world"',
        '"two\r\nlines"',
        'done,high,a0,,0,1.5,,,',
        task.completed_at,
        String.raw`a\;b;c\\d;e`,
        '',
        '',
        '"{""x"":[1]}"',
        task.created_at,
        task.updated_at,
      ].join(',')}\r\n`,
    );
  });

  it.each(['a\nb', 'a\rb', 'a\r\nb', 'a,b'])('[T13] quotes %j', (title) => {
    expect(csvLines([{ ...task, title }])).toContain(`,"${title}",`);
  });

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '\n=1', '\uFF1D1', '\uFF0B1', '\uFF0D1', '\uFF201'])(
    '[T13] keeps a spreadsheet from running %j',
    (title) => {
      expect(harmlessCell(title)).toBe(`'${title}`);
      const line = csvLines([{ ...task, title, tags: [title], assigned_to: title }]);
      expect(line.split(`'${title}`)).toHaveLength(4);
    },
  );

  it('[T13] leaves other texts and numbers as they are', () => {
    for (const cell of ['a=1', '', "'x", 0, -1, null]) expect(harmlessCell(cell)).toBe(cell);
  });
});

describe('joinList', () => {
  it('[T13] can be taken apart again', () => {
    expect(joinList([])).toBe('');
    expect(joinList(['a', 'b;c', String.raw`d\;`])).toBe(String.raw`a;b\;c;d\\\;`);
  });
});
