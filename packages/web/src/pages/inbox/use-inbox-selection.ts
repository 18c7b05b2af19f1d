import type { Task } from '@leanvibe/protocol/task';
import { useEffect, useRef, useState } from 'react';
import { useAnnounce } from '../../ui/Announcer.tsx';
import { stepFrom, successorOf } from './inbox-order.ts';

/** The place of an entry in the page. */
export const entryElementId = (taskId: string): string => `inbox-${taskId}`;

const focusEntry = (taskId: string): void => document.getElementById(entryElementId(taskId))?.focus();

/** The entry that the keys act on, and what moves it. */
export type InboxSelection = {
  selected: string | null;
  select: (taskId: string) => void;
  step: (step: 1 | -1) => void;
  /** Says that an entry is about to go because of what is done here; the next one then takes its place. */
  expect: (taskId: string) => () => void;
};

/**
 * Keeps an entry selected while the list changes. When somebody else decides about the selected one nothing is selected any more: a key
 * that is already on its way must not hit the task that moved up.
 */
export function useInboxSelection(tasks: readonly Task[]): InboxSelection {
  const announce = useAnnounce();
  const ids = tasks.map(({ id }) => id);
  const [selected, setSelected] = useState<string | null>(ids[0] ?? null);
  const [hadAny, setHadAny] = useState(ids.length > 0);
  const before = useRef(tasks);
  const expected = useRef(new Set<string>());
  // The first entry of a list that was empty is selected at once.
  if (ids.length > 0 !== hadAny) {
    setHadAny(ids.length > 0);
    if (ids.length > 0 && selected === null) setSelected(ids[0]!);
  }
  useEffect(() => {
    const earlier = before.current;
    before.current = tasks;
    if (selected === null || tasks.some(({ id }) => id === selected)) return;
    const isOwn = expected.current.delete(selected);
    const left = tasks.map(({ id }) => id);
    const next = successorOf(
      earlier.map(({ id }) => id),
      selected,
      left,
    );
    setSelected(isOwn ? next : null);
    if (isOwn && next !== null) return focusEntry(next);
    document.getElementById('page')?.focus();
    const title = earlier.find(({ id }) => id === selected)?.title;
    if (!isOwn && title !== undefined) announce(`“${title}” does not wait any more.`);
  }, [tasks, selected, announce]);
  return {
    selected,
    select: setSelected,
    step: (step) => {
      const next = stepFrom(ids, selected, step);
      if (next === null) return;
      setSelected(next);
      focusEntry(next);
    },
    expect: (taskId) => {
      expected.current.add(taskId);
      return () => expected.current.delete(taskId);
    },
  };
}
