import type { Board } from '@leanvibe/protocol/board';
import { useCallback, useLayoutEffect, useRef, useState, type FocusEvent } from 'react';
import { cardAt, placeOfCard, type BoardPlace } from './board-place.ts';

type Focused = { taskId: string; place: BoardPlace };

const cardOf = (target: EventTarget | null): string | null =>
  target instanceof Element ? (target.closest('[data-task-id]')?.getAttribute('data-task-id') ?? null) : null;

/**
 * Whether somebody goes elsewhere. A card that is taken away loses the focus without having been left, and a window that is left
 * keeps it.
 */
export const isLeaving = ({ target }: FocusEvent): boolean =>
  target.isConnected && target !== document.activeElement && document.hasFocus();

/** Where the focus is on the board, so that it stays there. */
export type CardFocus = {
  focusedId: string | null;
  /** Moves the focus to a card. */
  focusCard: (taskId: string) => void;
  onFocus: (event: FocusEvent) => void;
  onBlur: (event: FocusEvent) => void;
};

const titleOf = (taskId: string): HTMLElement | null =>
  document.querySelector(`[data-task-id="${CSS.escape(taskId)}"] [data-card-title]`);

/**
 * Keeps the focus on the board when the card that has it moves to another column or goes away, whoever caused that: then the card that
 * stands in its place gets it, or the line for new tasks of that column.
 */
export function useCardFocus(shown: Board): CardFocus {
  const [focused, setFocused] = useState<Focused | null>(null);
  const wanted = useRef<string | null>(null);
  const focusCard = useCallback(
    (taskId: string) => {
      const place = placeOfCard(shown, taskId);
      if (place === null) return;
      wanted.current = taskId;
      setFocused({ taskId, place });
    },
    [shown],
  );
  useLayoutEffect(() => {
    if (focused === null) return;
    const place = placeOfCard(shown, focused.taskId);
    const isLost = document.activeElement === document.body || document.activeElement === null;
    if (place !== null) {
      if (isLost || wanted.current === focused.taskId) titleOf(focused.taskId)?.focus();
      wanted.current = null;
      if (place.status !== focused.place.status || place.index !== focused.place.index)
        setFocused({ ...focused, place });
      return;
    }
    if (!isLost) return setFocused(null);
    const next = cardAt(shown, focused.place);
    if (next !== null) return focusCard(next);
    setFocused(null);
    document.querySelector<HTMLElement>(`[data-quick-add="${focused.place.status}"]`)?.focus();
  }, [shown, focused, focusCard]);
  const onFocus = useCallback(
    ({ target }: FocusEvent) => {
      const taskId = cardOf(target);
      const place = taskId === null ? null : placeOfCard(shown, taskId);
      setFocused((before) => {
        if (taskId === null || place === null) return null;
        return before?.taskId === taskId ? before : { taskId, place };
      });
    },
    [shown],
  );
  const onBlur = useCallback((event: FocusEvent) => {
    if (isLeaving(event) && cardOf(event.relatedTarget) === null) setFocused(null);
  }, []);
  return { focusedId: focused?.taskId ?? null, focusCard, onFocus, onBlur };
}
