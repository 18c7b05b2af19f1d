import styles from './CodeBlock.module.css';
import { CopyButton } from './CopyButton.tsx';

/** Text to be used elsewhere as it stands, such as a command. `label` names it. */
export const CodeBlock = ({ text, label }: { text: string; label: string }) => (
  <div className={styles.block}>
    <pre className={styles.text} tabIndex={0} role="region" aria-label={label}>
      {text}
    </pre>
    <CopyButton text={text} label={label} />
  </div>
);
