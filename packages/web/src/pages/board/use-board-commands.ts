import { useMemo } from 'react';
import { useTaskActions } from '../../hub/task-actions.ts';
import { statuses, statusTitles } from '../../hub/task-values.ts';
import { useCommands, type Command } from '../../shell/commands-context.tsx';
import { focusCards } from './focus-cards.ts';

const newTaskIn = (status: string): void =>
  document.querySelector<HTMLElement>(`[data-quick-add="${status}"]`)?.click();

/** What can be done on the board from anywhere on the page. */
export function useBoardCommands({ clearSelection }: { clearSelection: () => void }): void {
  const { undo } = useTaskActions();
  const commands = useMemo(
    (): Command[] => [
      ...statuses.map((status) => ({
        id: `new-${status}`,
        title: `New task in ${statusTitles[status]}`,
        section: 'Board',
        shortcut: status === 'backlog' ? 'c' : undefined,
        keywords: 'create add',
        run: () => newTaskIn(status),
      })),
      {
        id: 'focus-board',
        title: 'Go to the cards',
        section: 'Board',
        shortcut: 'b',
        keywords: 'focus keyboard',
        run: focusCards,
      },
      { id: 'undo', title: 'Undo', section: 'Board', shortcut: 'Mod+z', run: () => void undo() },
      { id: 'clear-selection', title: 'Select nothing', section: 'Board', run: clearSelection },
    ],
    [undo, clearSelection],
  );
  useCommands(commands);
}
