import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'wouter';
import { readFilter, writeFilter, type BoardFilter } from './board-filter.ts';

/** The filter in the address, and how to change it. */
export function useBoardFilter(): [BoardFilter, (filter: BoardFilter) => void] {
  const [search, setSearch] = useSearchParams();
  const filter = useMemo(() => readFilter(search), [search]);
  // Typing must not fill the history of the browser.
  const setFilter = useCallback(
    (wanted: BoardFilter) => setSearch((before) => writeFilter(before, wanted), { replace: true }),
    [setSearch],
  );
  return [filter, setFilter];
}
