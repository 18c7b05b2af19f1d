import { describe, expect, it } from 'vitest';
import { boardTask, exportOf, openTransfer, refusal, restrictive, uuid } from './transfer-fixture.ts';

describe('refusals', () => {
  it.each<[string, unknown, { path: string; message: string | RegExp }[]]>([
    [
      'an empty title',
      { a: { title: 'A' }, b: { title: '  ' } },
      [{ path: 'tasks.b.title', message: 'must have 1 to 255 characters after trimming' }],
    ],
    [
      'every bad task',
      [{ title: 'A', id: 'x', status: 'sleeping' }, {}, { title: 'C', confidence: 2 }],
      [
        { path: 'tasks.x.status', message: 'must be one of backlog, in_progress, testing, done' },
        { path: 'tasks.1.title', message: /expected string/ },
        { path: 'tasks.2.confidence_score', message: /<=1/ },
      ],
    ],
    [
      'a number as a priority',
      [{ title: 'A', priority: 1 }],
      [{ path: 'tasks.0.priority', message: /expected string/ }],
    ],
    [
      'a time that is none',
      [{ title: 'A', due_date: '2025-02-30' }],
      [{ path: 'tasks.0.due_at', message: 'must be a time, such as 2026-11-22T11:05:12Z' }],
    ],
    ['an entry that is no task', { a: 'x' }, [{ path: 'tasks.a', message: 'must be an object, a task' }]],
    [
      'an unknown member in an export',
      exportOf([{ title: 'A', titel: 'B' }]),
      [{ path: 'tasks.0.titel', message: 'is not known here' }],
    ],
    [
      'an old name in an export',
      exportOf([{ title: 'A', confidence: 1 }]),
      [{ path: 'tasks.0.confidence', message: 'is not known here' }],
    ],
    ['an export of the future', exportOf([], { format_version: 2 }), [{ path: 'format_version', message: /newer/ }]],
    ['an export without tasks', exportOf([], { tasks: {} }), [{ path: 'tasks', message: /array/ }]],
    ['an export with more in it', exportOf([], { extra: 1 }), [{ path: 'extra', message: 'is not known here' }]],
    [
      'rules that are none',
      exportOf([], { board_rules: { ...restrictive, version: 0 } }),
      [{ path: 'board_rules.version', message: />=1/ }],
    ],
    [
      'more tasks than it takes',
      Array.from({ length: 200_001 }),
      [{ path: '', message: 'must hold at most 200000 tasks' }],
    ],
    [
      'an id that stands twice',
      [
        { title: 'A', id: uuid(1) },
        { title: 'B', id: uuid(1) },
      ],
      [{ path: `tasks.${uuid(1)}.id`, message: 'stands more than once in the file' }],
    ],
    [
      'a dependency on nothing',
      [{ title: 'A', depends_on: ['ghost', uuid(9)] }],
      [{ path: 'tasks.0.depends_on', message: 'names no task of the file or the workspace: ghost' }],
    ],
    [
      'a dependency on an unknown id',
      { a: { title: 'A', depends_on: [uuid(9)] } },
      [{ path: 'tasks.a.depends_on', message: `names no task of the file or the workspace: ${uuid(9)}` }],
    ],
    [
      'metadata that does not fit together with what is kept',
      [{ title: 'A', metadata: { a: 'x'.repeat(16_000) }, attachments: [{ b: 'x'.repeat(1000) }] }],
      [{ path: 'tasks.0.metadata', message: /16384 bytes/ }],
    ],
  ])('[T13] names %s, and imports nothing', async (_, body, errors) => {
    await using board = await openTransfer();
    const issues = errors.map(({ path, message }) => ({
      path,
      message: typeof message === 'string' ? message : expect.stringMatching(message),
    }));
    expect(await refusal(board.bring('w', body))).toMatchObject({
      status: 400,
      code: 'import-refused',
      errors: issues,
    });
    expect(await board.store.workspaces()).toEqual([]);
  });

  it('[T13] names the tasks of a circle', async () => {
    await using board = await openTransfer();
    const body = {
      a: { title: 'A', dependencies: ['b'] },
      b: { title: 'B', dependencies: ['a'] },
      c: { title: 'C', dependencies: ['a'] },
    };
    expect(await refusal(board.bring('w', body))).toMatchObject({
      status: 409,
      code: 'dependency-cycle',
      errors: [{ path: 'tasks.a.depends_on' }, { path: 'tasks.b.depends_on' }],
    });
    expect(await board.store.workspaces()).toEqual([]);
  });

  it('[T13] finds a circle that a task of the board closes', async () => {
    await using board = await openTransfer();
    const gone = boardTask('w', 1);
    await board.put(gone, boardTask('w', 2, { depends_on: [gone.id] }));
    await board.remove(gone);
    const body = exportOf([{ ...gone, depends_on: [uuid(2)] }]);
    expect(await refusal(board.bring('w', body))).toMatchObject({ status: 409, code: 'dependency-cycle' });
    expect(await board.tasks('w')).toHaveLength(1);
  });

  it('[T13] lists a thousand problems at most, and says how many there are', async () => {
    await using board = await openTransfer();
    const answer = await refusal(
      board.bring(
        'w',
        Array.from({ length: 1500 }, () => ({ title: '' })),
      ),
    );
    expect(answer).toMatchObject({ errors: expect.objectContaining({ length: 1000 }) });
    expect(answer.detail).toContain('1000 of 1500');
  });

  it('[T13] names the tasks that are on the board already', async () => {
    await using board = await openTransfer();
    await board.put(boardTask('w', 1));
    const body = [
      { title: 'A', id: uuid(1) },
      { title: 'B', id: uuid(2) },
    ];
    expect(await refusal(board.bring('w', body))).toMatchObject({
      status: 409,
      code: 'task-exists',
      task_ids: [uuid(1)],
      errors: [{ path: `tasks.${uuid(1)}`, message: 'exists already' }],
    });
    expect(await board.tasks('w')).toHaveLength(1);
  });
});
