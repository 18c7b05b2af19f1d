import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { boardWithTasks, taskWith } from '../../hub/board-fixture.ts';
import { boardWithMove } from '../../hub/optimistic-board.ts';
import { statuses } from '../../hub/task-values.ts';
import { cardAt, cardBeside, carriedPlace, indexAtHeight, moveTo, placeOfCard } from './board-place.ts';

const tasks = [
  ...['a', 'b', 'c'].map((id) => taskWith({ id })),
  taskWith({ id: 't', status: 'testing' }),
  taskWith({ id: 'd', status: 'done' }),
];
const board = boardWithTasks(...tasks);

describe('places on the board', () => {
  it.each([
    ['a', 'ArrowDown', 'b'],
    ['c', 'ArrowDown', null],
    ['a', 'ArrowUp', null],
    ['c', 'Home', 'a'],
    ['a', 'End', 'c'],
    ['b', 'ArrowRight', 't'],
    ['t', 'ArrowLeft', 'a'],
    ['d', 'ArrowRight', null],
    ['gone', 'ArrowDown', null],
    ['a', 'Enter', null],
  ])('[Keyboard] from %s, %s leads to %s, over empty columns and no further than the last', (from, key, to) => {
    expect(cardBeside(board, from, key)).toBe(to);
  });

  it('[Keyboard] carries a card step by step within its column and into others, empty ones too', () => {
    const at = (status: (typeof statuses)[number], index: number) => ({ status, index });
    const carried = (place: ReturnType<typeof at>, key: string) => carriedPlace(board, 'c', place, key);
    expect(carried(at('backlog', 2), 'ArrowUp')).toEqual(at('backlog', 1));
    expect(carried(at('backlog', 0), 'ArrowUp')).toEqual(at('backlog', 0));
    expect(carried(at('backlog', 2), 'ArrowDown')).toEqual(at('backlog', 2));
    expect(carried(at('backlog', 2), 'ArrowRight')).toEqual(at('in_progress', 0));
    expect(carried(at('backlog', 2), 'ArrowLeft')).toEqual(at('backlog', 2));
    expect(carried(at('in_progress', 0), 'ArrowRight')).toEqual(at('testing', 0));
    expect(carried(at('testing', 0), 'End')).toEqual(at('testing', 1));
    expect(carried(at('testing', 1), 'Home')).toEqual(at('testing', 0));
  });

  it('[Board] names every place by a neighbour, so that the card comes to stand exactly there', () => {
    fc.assert(
      fc.property(fc.constantFrom(...tasks), fc.constantFrom(...statuses), fc.nat(4), (task, status, wanted) => {
        const others = board.columns
          .find((column) => column.status === status)!
          .tasks.filter(({ id }) => id !== task.id);
        const place = { status, index: Math.min(wanted, others.length) };
        expect(placeOfCard(boardWithMove(board, task, moveTo(board, task.id, place)), task.id)).toEqual(place);
      }),
    );
  });

  it('[Board] finds the card at a place, the last one behind the end, none in an empty column', () => {
    expect(cardAt(board, { status: 'backlog', index: 1 })).toBe('b');
    expect(cardAt(board, { status: 'backlog', index: 9 })).toBe('c');
    expect(cardAt(board, { status: 'in_progress', index: 0 })).toBeNull();
  });

  it('[Board] puts a dragged card before the first card whose middle is below the pointer', () => {
    const drawn = [
      { index: 4, middle: 100 },
      { index: 5, middle: 200 },
    ];
    expect([50, 150, 250].map((height) => indexAtHeight(drawn, height))).toEqual([4, 5, 6]);
    expect(indexAtHeight([], 10)).toBe(0);
  });
});
