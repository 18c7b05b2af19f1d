import { CloudOff } from 'lucide-react';
import { useSyncExternalStore } from 'react';
import { useHub } from '../hub/hub-context.tsx';
import styles from './KeptChanges.module.css';

/** How much was done without a connection and waits to be sent; nothing when nothing does. */
export function KeptChanges() {
  const { outbox } = useHub();
  const count = useSyncExternalStore(outbox.subscribe, outbox.get).length;
  if (count === 0) return null;
  return (
    <p className={styles.kept} title="Kept in this browser, and sent in order as soon as the server can be reached">
      <CloudOff size={14} aria-hidden="true" />
      {count === 1 ? '1 change waits' : `${count} changes wait`}
    </p>
  );
}
