import type { Task, TaskUpdate } from '@leanvibe/protocol/task';
import { useEffect, useRef, useState } from 'react';
import { useTaskActions } from '../../hub/task-actions.ts';

/** A text that is being written: what to show, and when it begins and ends. */
export type Draft = {
  value: string;
  onFocus: () => void;
  onChange: (event: { target: { value: string } }) => void;
  onBlur: () => void;
  /** Forgets what was written. */
  reset: () => void;
};

type Reading = {
  task: Task;
  /** The text of the task as it is. */
  read: (task: Task) => string;
  /** What a text changes; null when it cannot be taken. */
  write: (text: string) => TaskUpdate | null;
};

/**
 * Edits a text of a task. As long as somebody writes, what comes in from elsewhere does not change it; when they leave it, or the field
 * goes away, it is sent as a change of the task as they found it, so that a change by somebody else meanwhile is a conflict and not lost.
 */
export function useDraft({ task, read, write }: Reading): Draft {
  const { update } = useTaskActions();
  const [written, setWritten] = useState<string | null>(null);
  const found = useRef(task);
  const send = (): void => {
    if (written === null || written === read(found.current)) return;
    const changes = write(written);
    if (changes !== null) void update(found.current, changes);
  };
  const lastSend = useRef(send);
  useEffect(() => {
    lastSend.current = send;
  });
  // A field that is taken away is not left by the focus.
  useEffect(() => () => lastSend.current(), []);
  return {
    value: written ?? read(task),
    onFocus: () => {
      if (written === null) found.current = task;
    },
    onChange: ({ target }) => setWritten(target.value),
    reset: () => setWritten(null),
    onBlur: () => {
      setWritten(null);
      send();
    },
  };
}
