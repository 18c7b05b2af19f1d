import { describe, expect, it } from 'vitest';
import { taskWith } from '../hub/board-fixture.ts';
import { devicesOf } from './connected-devices.ts';
import { blockersOf, dayText, dueStateOf, percentText } from './task-facts.ts';

// By the clock of who looks: local times, so that the test holds in every time zone.
const now = new Date(2026, 10, 22, 12);
const at = (day: number, hour = 12, year = 2026): string => new Date(year, 10, day, hour).toISOString();

describe('what a card says', () => {
  it('[Board] tells how near a due date is', () => {
    expect(dueStateOf(at(22, 11), now.getTime())).toBe('overdue');
    expect(dueStateOf(at(22, 23), now.getTime())).toBe('today');
    expect(dueStateOf(at(24), now.getTime())).toBe('soon');
    expect(dueStateOf(at(29), now.getTime())).toBe('later');
  });

  it('[Board] calls days as people do, with the year only where it is another one', () => {
    const days = [at(21), at(22), at(23)].map((day) => dayText(day, now.getTime()));
    expect(days).toEqual(['yesterday', 'today', 'tomorrow']);
    expect(dayText(at(29), now.getTime())).not.toContain('2026');
    expect(dayText(at(29, 12, 2027), now.getTime())).toContain('2027');
  });

  it('[Board] is blocked by what is there and not done, unless it is done itself', () => {
    const open = taskWith({ id: 'open' });
    const known = new Map([open, taskWith({ id: 'done', status: 'done' })].map((task) => [task.id, task]));
    const task = taskWith({ id: 'x', depends_on: ['open', 'done', 'deleted'] });
    expect(blockersOf(task, known)).toEqual([open]);
    expect(blockersOf({ ...task, status: 'done' }, known)).toEqual([]);
  });

  it('[Board] rounds shares', () => {
    expect([0, 0.125, 1].map(percentText)).toEqual(['0 %', '13 %', '100 %']);
  });
});

describe('who is here', () => {
  const connection = (members: object) =>
    ({ connection_id: 'c', client_id: 'w', device_id: null, client_type: 'web', ...members }) as Parameters<
      typeof devicesOf
    >[0][number];

  it('[Presence] gathers the windows of a device, puts this browser first, and leaves out other workspaces', () => {
    const devices = devicesOf(
      [
        connection({ device_id: 'my-laptop', client_type: 'cli' }),
        connection({ device_id: 'here' }),
        connection({ device_id: 'here' }),
        connection({ device_id: 'elsewhere', client_id: 'other' }),
        connection({ connection_id: 'anonymous', client_type: 'agent' }),
      ],
      'w',
      'here',
    );
    expect(devices.map(({ name, connections, isHere }) => [name, connections, isHere])).toEqual([
      ['here', 2, true],
      ['Agent', 1, false],
      ['my-laptop', 1, false],
    ]);
  });
});
