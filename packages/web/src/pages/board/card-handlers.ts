import { createContext, use } from 'react';

/** What can be done with a card from the card itself. The object stays the same, so that cards need not be drawn anew. */
export type CardHandlers = {
  open: (taskId: string) => void;
  /** With `extend` everything between the last one chosen and this one. */
  select: (taskId: string, extend: boolean) => void;
  openMenu: (taskId: string, anchor: HTMLElement) => void;
};

export const CardHandlersContext = createContext<CardHandlers | null>(null);

/** What can be done with the cards of the surrounding board. */
export function useCardHandlers(): CardHandlers {
  const handlers = use(CardHandlersContext);
  if (handlers === null) throw new Error('there is no board around this');
  return handlers;
}
