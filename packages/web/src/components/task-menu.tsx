import type { Task, TaskPriority, TaskStatus, TaskUpdate } from '@leanvibe/protocol/task';
import { ArrowRightLeft, CheckSquare, Hourglass, Link, PanelRight, Signal, Trash2, User } from 'lucide-react';
import { priorities, priorityTitles, statuses, statusTitles } from '../hub/task-values.ts';
import type { MenuItem, MenuSection } from '../ui/MenuPopover.tsx';
import { PriorityIcon } from './PriorityIcon.tsx';
import { StatusIcon } from './StatusIcon.tsx';

/** The items for the columns that tasks can be moved to. */
export const moveItems = (present: TaskStatus | null, move: (status: TaskStatus) => void): MenuItem[] =>
  statuses.map((status) => ({
    id: status,
    label: statusTitles[status],
    icon: <StatusIcon status={status} />,
    isChecked: status === present,
    onSelect: () => move(status),
  }));

/** The items for the priorities. */
export const priorityItems = (present: TaskPriority | null, choose: (priority: TaskPriority) => void): MenuItem[] =>
  priorities.toReversed().map((priority) => ({
    id: priority,
    label: priorityTitles[priority],
    icon: <PriorityIcon priority={priority} />,
    isChecked: priority === present,
    onSelect: () => choose(priority),
  }));

/** The items for who does it. */
export const assigneeItems = (
  present: string | null,
  names: readonly string[],
  choose: (name: string | null) => void,
): MenuItem[] => [
  { id: 'nobody', label: 'Nobody', isChecked: present === null, onSelect: () => choose(null) },
  ...names.map((name) => ({
    id: `name:${name}`,
    label: name,
    isChecked: name === present,
    onSelect: () => choose(name),
  })),
];

type CardMenuDeps = {
  task: Task;
  names: readonly string[];
  isSelected: boolean;
  place: { isFirst: boolean; isLast: boolean };
  open: () => void;
  select: () => void;
  move: (status: TaskStatus) => void;
  shift: (to: 'top' | 'up' | 'down' | 'bottom') => void;
  update: (changes: TaskUpdate) => void;
  requestApproval: () => void;
  copyLink: () => void;
  remove: () => void;
};

/** The “…” menu of a card: everything that can be done to it with a single pointer. */
export const cardMenu = (deps: CardMenuDeps): MenuSection[] => [
  { id: 'look', items: lookItems(deps) },
  { id: 'change', items: changeItems(deps) },
  {
    id: 'remove',
    items: [
      {
        id: 'delete',
        label: 'Delete',
        icon: <Trash2 size={14} />,
        shortcut: 'Delete',
        isDanger: true,
        onSelect: deps.remove,
      },
    ],
  },
];

const lookItems = ({ open, select, isSelected, copyLink }: CardMenuDeps): MenuItem[] => [
  { id: 'open', label: 'Open', icon: <PanelRight size={14} />, shortcut: 'Enter', onSelect: open },
  {
    id: 'select',
    label: isSelected ? 'Take out of the selection' : 'Select',
    icon: <CheckSquare size={14} />,
    shortcut: 'x',
    onSelect: select,
  },
  { id: 'copy', label: 'Copy the link', icon: <Link size={14} />, onSelect: copyLink },
];

const changeItems = ({ task, names, place, move, shift, update, requestApproval }: CardMenuDeps): MenuItem[] => [
  {
    id: 'move',
    label: 'Move to…',
    icon: <ArrowRightLeft size={14} />,
    sections: [
      { id: 'columns', title: 'Column', items: moveItems(task.status, move) },
      { id: 'places', title: 'Within the column', items: shiftItems(place, shift) },
    ],
  },
  {
    id: 'priority',
    label: 'Priority…',
    icon: <Signal size={14} />,
    sections: [{ id: 'priorities', items: priorityItems(task.priority, (priority) => update({ priority })) }],
  },
  {
    id: 'assign',
    label: 'Assign to…',
    icon: <User size={14} />,
    sections: [{ id: 'names', items: assigneeItems(task.assigned_to, names, (name) => update({ assigned_to: name })) }],
  },
  {
    id: 'approval',
    label: 'Ask for approval',
    icon: <Hourglass size={14} />,
    isDisabled: task.approval?.state === 'pending',
    onSelect: requestApproval,
  },
];

const shiftItems = ({ isFirst, isLast }: CardMenuDeps['place'], shift: CardMenuDeps['shift']): MenuItem[] => [
  { id: 'top', label: 'To the top', isDisabled: isFirst, onSelect: () => shift('top') },
  { id: 'up', label: 'One up', isDisabled: isFirst, onSelect: () => shift('up') },
  { id: 'down', label: 'One down', isDisabled: isLast, onSelect: () => shift('down') },
  { id: 'bottom', label: 'To the bottom', isDisabled: isLast, onSelect: () => shift('bottom') },
];
