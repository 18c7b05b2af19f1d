import type { Task, TaskStatus } from '@leanvibe/protocol/task';
import { cardMenu } from '../../components/task-menu.tsx';
import { useTaskActions } from '../../hub/task-actions.ts';
import { copyText } from '../../ui/copy-text.ts';
import { useToasts, type ToastActions } from '../../ui/Toasts.tsx';
import { MenuPopover } from '../../ui/MenuPopover.tsx';
import { moveTo, placeOfCard, type BoardPlace } from './board-place.ts';
import { useCardHandlers } from './card-handlers.ts';
import { namesOn } from './filtered-board.ts';
import type { BoardView } from './use-board-view.ts';

type Props = { task: Task; anchor: HTMLElement; view: BoardView; onClose: () => void };

const placeAfter = (
  shift: 'top' | 'up' | 'down' | 'bottom',
  { status, index }: BoardPlace,
  count: number,
): BoardPlace => {
  const steps = { top: 0, up: Math.max(0, index - 1), down: index + 1, bottom: count - 1 };
  return { status, index: steps[shift] };
};

async function copyLink(taskId: string, toasts: ToastActions): Promise<void> {
  const address = new URL(location.href);
  address.searchParams.set('task', taskId);
  const isDone = await copyText(address.href);
  toasts.show(
    isDone
      ? { text: 'Copied the link', tone: 'neutral' }
      : { text: 'The browser does not let it be copied', tone: 'danger' },
  );
}

/** The menu of a card of the board. */
export function BoardCardMenu({ task, anchor, view, onClose }: Props) {
  const actions = useTaskActions();
  const handlers = useCardHandlers();
  const toasts = useToasts();
  const place = placeOfCard(view.board, task.id) ?? { status: task.status, index: 0 };
  const count = view.board.columns.find(({ status }) => status === place.status)?.tasks.length ?? 1;
  const sections = cardMenu({
    task,
    names: namesOn(view.board).assignees,
    isSelected: view.selection.has(task.id),
    place: { isFirst: place.index === 0, isLast: place.index === count - 1 },
    open: () => handlers.open(task.id),
    select: () => handlers.select(task.id, false),
    move: (status: TaskStatus) => status !== task.status && void actions.move(task, { status }),
    shift: (shift) => void actions.move(task, moveTo(view.board, task.id, placeAfter(shift, place, count))),
    update: (changes) => void actions.update(task, changes),
    requestApproval: () => void actions.requestApproval(task, ''),
    copyLink: () => void copyLink(task.id, toasts),
    remove: () => void actions.remove(task),
  });
  return (
    <MenuPopover
      label={`Actions for ${task.title}`}
      sections={sections}
      anchor={anchor}
      align="end"
      onClose={onClose}
    />
  );
}
