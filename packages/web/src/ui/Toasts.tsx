import { X } from 'lucide-react';
import { createContext, use, useCallback, useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { useAnnounce } from './Announcer.tsx';
import { Button } from './Button.tsx';
import { classNames } from './class-names.ts';
import { IconButton } from './IconButton.tsx';
import styles from './Toasts.module.css';

/** What a toast says. One with a `slot` takes the place of the one that has it; one that `stays` goes only when somebody sends it away. */
export type ToastContent = {
  text: string;
  tone: 'neutral' | 'danger';
  slot?: string | undefined;
  stays?: boolean | undefined;
  action?: { label: string; onAction: () => void } | undefined;
};

type Toast = ToastContent & { id: number };

/** What can be done with toasts. */
export type ToastActions = { show: (toast: ToastContent) => number; dismiss: (id: number) => void };

const ToastContext = createContext<ToastActions>({ show: () => 0, dismiss: () => {} });

// What can be undone and why something failed has to be read first.
const shownMs = { neutral: 8_000, danger: 20_000 } as const;

/** Shows short messages in a corner, and says them to people who listen. */
export function ToastProvider({ children }: { children: ReactNode }) {
  const [toasts, setToasts] = useState<readonly Toast[]>([]);
  const lastId = useRef(0);
  const announce = useAnnounce();
  const dismiss = useCallback((id: number) => setToasts((shown) => shown.filter((toast) => toast.id !== id)), []);
  const show = useCallback(
    (content: ToastContent) => {
      lastId.current += 1;
      const toast = { ...content, id: lastId.current };
      const others = (shown: readonly Toast[]) =>
        shown.filter(({ slot, text }) => text !== toast.text && (slot === undefined || slot !== toast.slot));
      setToasts((shown) => [...others(shown), toast].slice(-4));
      announce(content.text);
      return toast.id;
    },
    [announce],
  );
  const before = useRef<EventTarget | null>(null);
  useEffect(() => {
    // A message that is taken away gives the focus back to where it came from.
    if (document.activeElement !== document.body) return;
    if (before.current instanceof HTMLElement) before.current.focus();
    before.current = null;
  }, [toasts]);
  const actions = useMemo(() => ({ show, dismiss }), [show, dismiss]);
  return (
    <ToastContext value={actions}>
      {children}
      <section
        className={styles.toasts}
        aria-label="Messages"
        onFocus={({ currentTarget, relatedTarget }) => {
          if (!currentTarget.contains(relatedTarget)) before.current = relatedTarget;
        }}
        onBlur={({ currentTarget, relatedTarget }) => {
          if (relatedTarget !== null && !currentTarget.contains(relatedTarget)) before.current = null;
        }}
      >
        {toasts.map((toast) => (
          <ToastCard key={toast.id} toast={toast} onDismiss={dismiss} />
        ))}
      </section>
    </ToastContext>
  );
}

/** Shows and takes away toasts. */
export const useToasts = (): ToastActions => use(ToastContext);

function ToastCard({ toast, onDismiss }: { toast: Toast; onDismiss: (id: number) => void }) {
  const { id, text, tone, action, stays = false } = toast;
  const [isHeld, setHeld] = useState(false);
  useEffect(() => {
    if (isHeld || stays) return;
    const timer = setTimeout(() => onDismiss(id), shownMs[tone]);
    return () => clearTimeout(timer);
  }, [id, tone, isHeld, stays, onDismiss]);
  return (
    <div
      className={classNames(styles.toast, tone === 'danger' && styles.danger)}
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <p className={styles.text}>{text}</p>
      {action && (
        <Button
          variant="quiet"
          onClick={() => {
            onDismiss(id);
            action.onAction();
          }}
        >
          {action.label}
        </Button>
      )}
      <IconButton label="Dismiss" icon={<X size={14} />} onClick={() => onDismiss(id)} />
    </div>
  );
}
