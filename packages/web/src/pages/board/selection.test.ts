import { describe, expect, it } from 'vitest';
import { boardWithTasks, taskWith } from '../../hub/board-fixture.ts';
import { moveCommands } from './move-commands.ts';
import { nothingSelected, withoutGone, withRange, withToggled } from './selection.ts';

const tasks = ['a', 'b', 'c', 'd'].map((id) => taskWith({ id }));
const board = boardWithTasks(...tasks, taskWith({ id: 'z', status: 'done' }));
const ids = ({ ids: chosen }: { ids: ReadonlySet<string> }) => [...chosen];

describe('the selection', () => {
  it('[Bulk] takes cards in and out', () => {
    const one = withToggled(nothingSelected, 'a');
    expect(ids(one)).toEqual(['a']);
    expect(ids(withToggled(one, 'a'))).toEqual([]);
  });

  it('[Bulk] takes in everything from the last one chosen, in either direction, but not across columns', () => {
    const from = withToggled(nothingSelected, 'c');
    expect(ids(withRange(from, 'a', board)).toSorted()).toEqual(['a', 'b', 'c']);
    expect(ids(withRange(from, 'z', board)).toSorted()).toEqual(['c', 'z']);
    expect(ids(withRange(nothingSelected, 'b', board))).toEqual(['b']);
  });

  it('[Bulk] forgets what is gone', () => {
    const selection = withToggled(withToggled(nothingSelected, 'a'), 'b');
    expect(withoutGone(selection, () => true)).toBe(selection);
    expect(ids(withoutGone(selection, (id) => id === 'b'))).toEqual(['b']);
  });

  it('[Bulk] moves the chosen cards together, in their order, behind the one that is held', () => {
    const commands = moveCommands(board, tasks[1]!, { status: 'done', before: 'z' }, new Set(['d', 'b', 'a']));
    expect(commands.map((command) => command.kind === 'move' && [command.before.id, command.to])).toEqual([
      ['b', { status: 'done', before: 'z' }],
      ['a', { status: 'done', after: 'b' }],
      ['d', { status: 'done', after: 'a' }],
    ]);
  });

  it('[Bulk] names no neighbour that moves too', () => {
    const [first] = moveCommands(board, tasks[0]!, { status: 'backlog', before: 'd' }, new Set(['a', 'd']));
    expect(first).toMatchObject({ to: { status: 'backlog' } });
    expect(first).not.toHaveProperty('to.before');
  });
});
