import type { ApprovalState } from '@leanvibe/protocol/task';
import { CalendarDays, Hourglass, Link2, Signal, Tag, User } from 'lucide-react';
import { PriorityIcon } from '../../components/PriorityIcon.tsx';
import { approvalTitles, priorities, priorityTitles } from '../../hub/task-values.ts';
import type { MenuItem, MenuSection } from '../../ui/MenuPopover.tsx';
import { toggled, type BoardFilter, type DueFilter } from './board-filter.ts';

type Names = { assignees: readonly string[]; tags: readonly string[] };
type OnFilter = (filter: BoardFilter) => void;

/** A filter that is set: what it says, and the filter without it. */
export type ActiveFilter = { id: string; label: string; without: BoardFilter };

const dueTitles: Readonly<Record<DueFilter, string>> = {
  overdue: 'Overdue',
  today: 'Due today',
  week: 'Due within 7 days',
  none: 'Without a due date',
};

const approvalStates = Object.keys(approvalTitles) as ApprovalState[];
const nameText = (name: string): string => name || 'Nobody';

type Choice<Value extends string> = {
  values: readonly Value[];
  chosen: readonly Value[];
  text: (value: Value) => string;
  icon?: (value: Value) => React.ReactNode;
  choose: (value: Value) => void;
};

const choices = <Value extends string>({ values, chosen, text, icon, choose }: Choice<Value>): MenuSection[] => [
  {
    id: 'values',
    items: values.map((value) => ({
      id: value || 'none',
      label: text(value),
      icon: icon?.(value),
      isChecked: chosen.includes(value),
      staysOpen: true,
      onSelect: () => choose(value),
    })),
  },
];

/** The menu with every filter there is. */
export function filterMenu(filter: BoardFilter, { assignees, tags }: Names, onFilter: OnFilter): MenuSection[] {
  const set = (part: Partial<BoardFilter>): void => onFilter({ ...filter, ...part });
  const items: MenuItem[] = [
    {
      id: 'priority',
      label: 'Priority',
      icon: <Signal size={14} />,
      sections: choices({
        values: priorities.toReversed(),
        chosen: filter.priorities,
        text: (priority) => priorityTitles[priority],
        icon: (priority) => <PriorityIcon priority={priority} />,
        choose: (priority) => set({ priorities: toggled(filter.priorities, priority) }),
      }),
    },
    {
      id: 'assignee',
      label: 'Assignee',
      icon: <User size={14} />,
      sections: choices({
        values: ['', ...assignees],
        chosen: filter.assignees,
        text: nameText,
        choose: (name) => set({ assignees: toggled(filter.assignees, name) }),
      }),
    },
    {
      id: 'tag',
      label: 'Tag',
      icon: <Tag size={14} />,
      isDisabled: tags.length === 0,
      sections: choices({
        values: tags,
        chosen: filter.tags,
        text: (tag) => tag,
        choose: (tag) => set({ tags: toggled(filter.tags, tag) }),
      }),
    },
    ...stateItems(filter, set),
  ];
  return [{ id: 'filters', items }];
}

const stateItems = (filter: BoardFilter, set: (part: Partial<BoardFilter>) => void): MenuItem[] => [
  {
    id: 'approval',
    label: 'Approval',
    icon: <Hourglass size={14} />,
    sections: choices({
      values: approvalStates,
      chosen: filter.approvals,
      text: (state) => approvalTitles[state],
      choose: (state) => set({ approvals: toggled(filter.approvals, state) }),
    }),
  },
  {
    id: 'due',
    label: 'Due',
    icon: <CalendarDays size={14} />,
    sections: choices({
      values: Object.keys(dueTitles) as DueFilter[],
      chosen: filter.due === null ? [] : [filter.due],
      text: (due) => dueTitles[due],
      choose: (due) => set({ due: filter.due === due ? null : due }),
    }),
  },
  {
    id: 'blocked',
    label: 'Blocked',
    icon: <Link2 size={14} />,
    isChecked: filter.isBlocked,
    staysOpen: true,
    onSelect: () => set({ isBlocked: !filter.isBlocked }),
  },
];

/** Every filter that is set, but the words. */
export const activeFilters = (filter: BoardFilter): ActiveFilter[] => [
  ...filter.priorities.map((value) => ({
    id: `priority:${value}`,
    label: `Priority: ${priorityTitles[value]}`,
    without: { ...filter, priorities: toggled(filter.priorities, value) },
  })),
  ...filter.assignees.map((value) => ({
    id: `assignee:${value}`,
    label: `Assignee: ${nameText(value)}`,
    without: { ...filter, assignees: toggled(filter.assignees, value) },
  })),
  ...filter.tags.map((value) => ({
    id: `tag:${value}`,
    label: `Tag: ${value}`,
    without: { ...filter, tags: toggled(filter.tags, value) },
  })),
  ...filter.approvals.map((value) => ({
    id: `approval:${value}`,
    label: approvalTitles[value],
    without: { ...filter, approvals: toggled(filter.approvals, value) },
  })),
  ...(filter.due === null ? [] : [{ id: 'due', label: dueTitles[filter.due], without: { ...filter, due: null } }]),
  ...(filter.isBlocked ? [{ id: 'blocked', label: 'Blocked', without: { ...filter, isBlocked: false } }] : []),
];
