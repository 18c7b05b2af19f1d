import { useConnection } from '../hub/hub-context.tsx';
import { connectionText } from './connection-text.ts';
import styles from './ConnectionState.module.css';

/** The true state of the connection, always in sight. */
export function ConnectionState() {
  const { tone, text } = connectionText(useConnection());
  return (
    <p className={styles.state} data-connection={tone} title={text}>
      <span className={styles.dot} aria-hidden="true" />
      <span className={styles.text}>{text}</span>
    </p>
  );
}
