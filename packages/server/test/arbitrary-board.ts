import { approvalStates, taskPriorities, taskStatuses, type Task } from '@leanvibe/protocol/task';
import type { BoardRules } from '@leanvibe/protocol/board';
import fc from 'fast-check';
import { generateNKeysBetween } from 'fractional-indexing';
import { uuid } from './transfer-fixture.ts';

const orNull = <Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<Value | null> => fc.option(value, { nil: null });
const text = (maxLength: number) => fc.string({ unit: 'binary', maxLength });
/** Texts that are dangerous in CSV or spreadsheets stand among the usual ones. */
const title = fc
  .oneof(
    text(60),
    fc.constantFrom('=1+1', '-2', '+3', '@x', 'a,b', '"', 'a;b', String.raw`\;`, "'=x", 'two\nlines', '\uFF1Dx'),
  )
  .map((value) => value.trim())
  .filter((value) => value !== '');
const time = fc
  .date({ min: new Date('2020-01-01T00:00:00Z'), max: new Date('2035-01-01T00:00:00Z'), noInvalidDate: true })
  .map((date) => date.toISOString());
const hours = orNull(fc.double({ min: 0, max: 1_000_000, noNaN: true }).map((value) => value + 0));
const fraction = orNull(fc.double({ min: 0, max: 1, noNaN: true }).map((value) => value + 0));
const metadata = fc
  .dictionary(fc.string(), fc.jsonValue({ maxDepth: 3 }), { maxKeys: 4 })
  .map((value) => JSON.stringify(value))
  .filter((json) => json.length < 8000 && !json.includes('__proto__'))
  .map((json) => JSON.parse(json) as Task['metadata']);

const approval = fc.record({
  state: fc.constantFrom(...approvalStates),
  requested_by: title,
  requested_at: time,
  decided_by: orNull(title),
  decided_at: orNull(time),
  reason: orNull(text(60)),
  task_version: fc.integer({ min: 1, max: 100 }),
});

const content = fc.record({
  version: fc.integer({ min: 1, max: 1_000_000 }),
  title,
  description: orNull(text(200)),
  status: fc.constantFrom(...taskStatuses),
  priority: fc.constantFrom(...taskPriorities),
  assigned_to: orNull(title),
  confidence_score: fraction,
  estimated_hours: hours,
  actual_hours: hours,
  due_at: orNull(time),
  started_at: orNull(time),
  completed_at: time,
  tags: fc.uniqueArray(
    title.filter((tag) => [...tag].length <= 64),
    { maxLength: 5 },
  ),
  waitsFor: fc.uniqueArray(fc.nat(100), { maxLength: 3 }),
  approval: orNull(approval),
  metadata,
  created_at: time,
  updated_at: time,
});

const ranks = generateNKeysBetween('Zx', 'b0A', 12);

const taskOf = (
  { waitsFor, ...task }: Omit<Task, 'id' | 'client_id' | 'position' | 'depends_on'> & { waitsFor: number[] },
  n: number,
): Task => ({
  ...task,
  id: uuid(n),
  client_id: 'any',
  // Tasks only wait for those before them, so that there is no circle.
  depends_on: [...new Set(waitsFor.map((earlier) => (n === 0 ? '' : uuid(earlier % n))))].filter((id) => id !== ''),
  position: ranks[(n * 5) % ranks.length]!,
  completed_at: task.status === 'done' ? task.completed_at : null,
});

const column = fc.record({
  wip_limit: orNull(fc.integer({ min: 1, max: 5 })),
  allowed_transitions: orNull(fc.uniqueArray(fc.constantFrom(...taskStatuses))),
});

const rules: fc.Arbitrary<BoardRules> = fc.record({
  client_id: fc.constant('any'),
  version: fc.integer({ min: 2, max: 100 }),
  updated_at: time,
  columns: fc.record({ backlog: column, in_progress: column, testing: column, done: column }),
  require_approval_for_done: fc.boolean(),
  enforce_dependencies: fc.boolean(),
});

/** Any board: tasks with every member that a board can hold, waiting for each other, and rules. */
export const arbitraryBoard = fc.record({
  tasks: fc.array(content, { maxLength: ranks.length }).map((contents) => contents.map(taskOf)),
  rules,
});
