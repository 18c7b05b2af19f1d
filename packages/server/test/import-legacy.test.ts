import { describe, expect, it } from 'vitest';
import { importTime, legacyFile, openTransfer } from './transfer-fixture.ts';

describe('the original’s files', () => {
  const defaults = {
    client_id: 'w',
    version: 1,
    due_at: null,
    started_at: null,
    completed_at: null,
    depends_on: [],
    approval: null,
    position: expect.any(String),
  };

  it('[T13] reads those of its first version', async () => {
    await using board = await openTransfer();
    expect(await board.bring('w', legacyFile('first-version'))).toEqual({ imported: 3, skipped: 0 });
    expect(await board.tasks('w')).toEqual([
      {
        ...defaults,
        id: '77d4c0aa-1b2c-4d3e-8f4a-5b6c7d8e9f01',
        title: 'Fix memory leak in the event stream',
        description: null,
        status: 'backlog',
        priority: 'critical',
        assigned_to: null,
        confidence_score: 0,
        estimated_hours: null,
        actual_hours: null,
        tags: [],
        metadata: {},
        created_at: '2025-01-09T08:00:00.000Z',
        updated_at: '2025-01-09T08:00:00.000Z',
      },
      {
        ...defaults,
        id: '3f2b8c1e-5a77-4e1b-9d0f-0b1c2d3e4f50',
        title: 'Implement user authentication',
        description: 'Add JWT-based authentication to the API',
        status: 'in_progress',
        priority: 'high',
        assigned_to: 'agent',
        confidence_score: 0.85,
        estimated_hours: 8,
        actual_hours: 3.5,
        tags: ['auth', 'backend'],
        metadata: { sprint: 4 },
        created_at: '2025-01-10T09:15:42.123Z',
        updated_at: '2025-01-12T17:03:11.900Z',
      },
      {
        ...defaults,
        id: 'c2a9e6b4-0d1f-4a2b-9c3d-4e5f60718293',
        title: 'Write the README',
        description: '',
        status: 'done',
        priority: 'low',
        assigned_to: null,
        confidence_score: 1,
        estimated_hours: 1,
        actual_hours: 0.75,
        completed_at: '2025-01-06T12:30:00.500Z',
        tags: ['docs'],
        metadata: {},
        created_at: '2025-01-05T10:00:00.000Z',
        updated_at: '2025-01-06T12:30:00.500Z',
      },
    ]);
  });

  it('[T13] reads those of its second version, with what has no place here kept in the metadata', async () => {
    await using board = await openTransfer();
    await board.bring('w', legacyFile('second-version'));
    expect(await board.tasks('w')).toEqual([
      {
        ...defaults,
        id: '0d9c7f5e-3b21-4c8a-a1f0-9e8d7c6b5a43',
        title: 'Design the Kanban board',
        description: 'Columns, cards and drag and drop',
        status: 'backlog',
        priority: 'critical',
        assigned_to: null,
        confidence_score: 0.92,
        estimated_hours: 5,
        actual_hours: null,
        tags: ['ui'],
        metadata: {
          imported: {
            project_id: 'leanvibe-ios',
            agent_decision: {
              recommendation: 'split the task',
              reasoning: 'too large for one sitting',
              alternatives: ['keep it', 'drop it'],
            },
            client_id: 'ios-client-1',
          },
        },
        created_at: '2025-02-03T14:22:10.482Z',
        updated_at: '2025-02-03T14:22:10.482Z',
      },
      {
        ...defaults,
        id: 'e5f4d3c2-b1a0-4f9e-8d7c-6b5a49382716',
        title: 'Connect the board to the WebSocket',
        description: null,
        status: 'testing',
        priority: 'medium',
        assigned_to: 'mlx-agent',
        confidence_score: 1,
        estimated_hours: 3,
        actual_hours: 4.5,
        tags: ['ui', 'network'],
        depends_on: ['0d9c7f5e-3b21-4c8a-a1f0-9e8d7c6b5a43'],
        metadata: {
          source: 'voice',
          imported: {
            project_id: 'leanvibe-ios',
            client_id: 'ios-client-1',
            attachments: [{ name: 'trace.log', url: 'file:///tmp/trace.log', size: 1024 }],
            confidence_score: 0.4,
            estimated_hours: 2,
          },
        },
        created_at: '2025-02-04T09:00:00.000Z',
        updated_at: '2025-02-06T11:45:30.250Z',
      },
    ]);
  });

  it('[T13] reads those with names of Python’s enumerations and times with zones', async () => {
    await using board = await openTransfer();
    await board.bring('w', legacyFile('multi-tenant-version'));
    expect(await board.tasks('w')).toMatchObject([
      {
        status: 'in_progress',
        priority: 'critical',
        confidence_score: 0.5,
        estimated_hours: 0,
        assigned_to: 'bogdan',
        created_at: '2025-08-01T10:00:00.000Z',
        updated_at: '2025-08-02T10:00:00.000Z',
        metadata: {
          imported: {
            project_id: '550e8400-e29b-41d4-a716-446655440000',
            tenant_id: '6ba7b810-9dad-11d1-80b4-00c04fd430c8',
            client_id: 'legacy-client',
            created_by: 'bogdan',
          },
        },
      },
    ]);
  });

  it('[T13] reads those that people wrote by hand, giving ids that are none new ones', async () => {
    await using board = await openTransfer();
    await board.bring('w', legacyFile('edited-by-hand'));
    const tasks = await board.tasks('w');
    expect(tasks.map(({ title, status }) => [title, status])).toEqual([
      ['Celebrate', 'backlog'],
      ['Ship', 'backlog'],
      ['Build', 'in_progress'],
      ['Plan', 'done'],
    ]);
    const [, ship, build, plan] = tasks;
    expect(ship).toMatchObject({ due_at: '2025-04-01T18:00:00.000Z', metadata: { imported: { id: 'task-3' } } });
    expect(build).toMatchObject({ assigned_to: 'ada', tags: ['core'], priority: 'medium', depends_on: [plan!.id] });
    expect(ship!.depends_on).toEqual([build!.id, plan!.id]);
    expect(plan).toMatchObject({
      due_at: '2025-03-01T00:00:00.000Z',
      created_at: importTime,
      completed_at: importTime,
    });
    for (const task of tasks) expect(task.id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-/);
  });

  it('[T13] reads an array of tasks, of which only the title must be there', async () => {
    await using board = await openTransfer();
    expect(await board.bring('w', [{ title: ' A ' }, { title: 'B', id: 7, depends_on: [] }])).toEqual({
      imported: 2,
      skipped: 0,
    });
    expect(await board.tasks('w')).toMatchObject([
      { title: 'A', metadata: {}, created_at: importTime, updated_at: importTime },
      { title: 'B', metadata: { imported: { id: 7 } } },
    ]);
  });
});
