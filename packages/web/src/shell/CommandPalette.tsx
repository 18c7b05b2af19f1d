import { useMemo } from 'react';
import { useLocation } from 'wouter';
import { StatusIcon } from '../components/StatusIcon.tsx';
import { statusTitles } from '../hub/task-values.ts';
import { useBoard } from '../hub/use-board.ts';
import { ChoiceDialog, type Choice } from '../ui/ChoiceDialog.tsx';
import { useAppAddress } from './AppLink.tsx';
import { useAllCommands } from './commands-context.tsx';

/** Everything that can be done and every task, found by a few letters. */
export function CommandPalette({ onClose }: { onClose: () => void }) {
  const commands = useAllCommands();
  const board = useBoard();
  const address = useAppAddress();
  const [, navigate] = useLocation();
  const choices = useMemo(
    (): Choice[] => [
      ...commands
        .filter(({ id }) => id !== 'palette')
        .map(({ id, title, section, shortcut, keywords, run }) => ({
          id,
          label: title,
          section,
          shortcut,
          keywords,
          onChoose: run,
        })),
      ...(board?.columns ?? []).flatMap(({ status, tasks }) =>
        tasks.map((task) => ({
          id: task.id,
          label: task.title,
          hint: statusTitles[status],
          keywords: task.tags.join(' '),
          icon: <StatusIcon status={status} />,
          onChoose: () => navigate(address(`/?task=${task.id}`)),
        })),
      ),
    ],
    [commands, board, address, navigate],
  );
  return (
    <ChoiceDialog
      title="Command palette"
      placeholder="Type a command or the title of a task"
      choices={choices}
      onClose={onClose}
    />
  );
}
