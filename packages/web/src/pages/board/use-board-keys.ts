import { useCallback, type KeyboardEvent } from 'react';
import { useTaskActions } from '../../hub/task-actions.ts';
import { singleKeysAreOn } from '../../shell/single-keys.ts';
import { cardBeside } from './board-place.ts';
import type { CardHandlers } from './card-handlers.ts';
import type { BoardView } from './use-board-view.ts';
import type { CardCarrier } from './use-carried-card.ts';

type Deps = {
  view: BoardView;
  carrier: CardCarrier;
  handlers: CardHandlers;
  focusCard: (taskId: string) => void;
  clearSelection: () => void;
};

const arrows = new Set(['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'Home', 'End']);

/** What the keys do on a card, for the sheet that lists them. */
export const cardKeys: readonly { keys: string; title: string }[] = [
  { keys: 'ArrowDown', title: 'Next card; the other arrows, Home and End likewise' },
  { keys: 'Enter', title: 'Open the task' },
  { keys: ' ', title: 'Pick the card up; arrows move it, Space puts it down, Esc leaves it' },
  { keys: 'm', title: 'Menu of the card, with “Move to”' },
  { keys: 'x', title: 'Select the card; Shift+X up to it' },
  { keys: 'Delete', title: 'Delete the task' },
  { keys: 'Escape', title: 'Select nothing' },
];

/** The keys of the board. They act on the card whose title has the focus. */
export function useBoardKeys(deps: Deps): (event: KeyboardEvent) => void {
  const { remove } = useTaskActions();
  return useCallback(
    (event: KeyboardEvent) => {
      const { target } = event;
      if (!(target instanceof HTMLElement) || event.ctrlKey || event.metaKey || event.altKey) return;
      if (deps.view.carried?.by === 'keys') return carryOn(event, deps.carrier);
      const taskId = target.matches('[data-card-title]')
        ? target.closest('[data-task-id]')?.getAttribute('data-task-id')
        : null;
      if (event.key === 'Escape' && deps.view.selection.size > 0) {
        event.preventDefault();
        return deps.clearSelection();
      }
      if (!taskId) return;
      const isHandled = actOnCard(event, taskId, deps) || (event.key === 'Delete' && removeCard(taskId, deps, remove));
      if (isHandled) event.preventDefault();
    },
    [deps, remove],
  );
}

function carryOn(event: KeyboardEvent, carrier: CardCarrier): void {
  // Nothing else may happen to the board while a card is held.
  event.preventDefault();
  if (arrows.has(event.key)) carrier.step(event.key);
  else if (event.key === ' ' || event.key === 'Enter') carrier.putDown();
  else if (event.key === 'Escape' || event.key === 'Tab') carrier.leave();
}

function actOnCard(
  { key, shiftKey, currentTarget }: KeyboardEvent,
  taskId: string,
  { view, carrier, handlers, focusCard }: Deps,
): boolean {
  if (key === ' ') {
    carrier.pickUp(taskId, 'keys');
    return true;
  }
  if (arrows.has(key)) {
    const next = cardBeside(view.board, taskId, key);
    if (next !== null) focusCard(next);
    if (next !== null && shiftKey) handlers.select(next, true);
    return true;
  }
  if (!singleKeysAreOn()) return false;
  switch (key.toLowerCase()) {
    case 'x':
      handlers.select(taskId, shiftKey);
      return true;
    case 'm': {
      const anchor = currentTarget.querySelector<HTMLElement>(`[data-task-id="${taskId}"] [data-card-title]`);
      if (anchor !== null) handlers.openMenu(taskId, anchor);
      return true;
    }
    default:
      return false;
  }
}

function removeCard(taskId: string, { view }: Deps, remove: ReturnType<typeof useTaskActions>['remove']): boolean {
  const task = view.tasksById.get(taskId);
  if (task === undefined) return false;
  void remove(task);
  return true;
}
