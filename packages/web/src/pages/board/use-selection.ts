import { useCallback, useMemo, useState } from 'react';
import { nothingSelected, withoutGone, type Selection } from './selection.ts';

/** The chosen cards; those that are gone are not chosen any more. */
export function useSelection(isThere: (taskId: string) => boolean) {
  const [stored, setSelection] = useState<Selection>(nothingSelected);
  const selection = useMemo(() => withoutGone(stored, isThere), [stored, isThere]);
  const clear = useCallback(() => setSelection(nothingSelected), []);
  return { selection, setSelection, clear };
}
