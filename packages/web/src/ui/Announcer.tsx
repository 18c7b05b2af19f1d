import { createContext, use, useCallback, useState, type ReactNode } from 'react';

const AnnounceContext = createContext<(text: string) => void>(() => {});

/** Holds the one live region of the app: everything that a screen reader is to say without the focus moving goes through it. */
export function AnnouncerProvider({ children }: { children: ReactNode }) {
  const [{ text, turn }, setSaid] = useState({ text: '', turn: 0 });
  const announce = useCallback((said: string) => setSaid((before) => ({ text: said, turn: before.turn + 1 })), []);
  return (
    <AnnounceContext value={announce}>
      {children}
      <div className="visually-hidden" role="status" aria-live="polite" aria-atomic="true" data-announcer>
        {/* A no-break space every other time, or the same sentence twice would be said once. */}
        {text + (turn % 2 === 0 ? '' : '\u00a0')}
      </div>
    </AnnounceContext>
  );
}

/** Says a sentence to people who listen. */
export const useAnnounce = (): ((text: string) => void) => use(AnnounceContext);
