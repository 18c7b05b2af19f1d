import { useCallback } from 'react';
import { useSearchParams } from 'wouter';

const taskParameter = 'task';

/** The task that the address names, and how to open another one or (null) none. */
export function useOpenTask(): [string | null, (taskId: string | null) => void] {
  const [search, setSearch] = useSearchParams();
  const openTask = useCallback(
    (taskId: string | null) =>
      setSearch((before) => {
        const wanted = new URLSearchParams(before);
        if (taskId === null) wanted.delete(taskParameter);
        else wanted.set(taskParameter, taskId);
        return wanted;
      }),
    [setSearch],
  );
  return [search.get(taskParameter), openTask];
}
