import styles from './Kbd.module.css';

const isMac = (): boolean => /Mac|iP(hone|ad|od)/.test(navigator.platform);

const names: Readonly<Record<string, string>> = {
  Escape: 'Esc',
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
  ' ': 'Space',
};

const nameOf = (key: string): string => {
  if (key === 'Mod') return isMac() ? '⌘' : 'Ctrl';
  if (key === 'Shift') return isMac() ? '⇧' : 'Shift';
  return names[key] ?? (key.length === 1 ? key.toUpperCase() : key);
};

/** Keys as they stand on the keyboard: `Mod+k` are held together, `g b` come one after the other. */
export const Kbd = ({ keys }: { keys: string }) => (
  <span className={styles.keys}>
    {keys.split(/[+ ](?=.)/).map((key) => (
      <kbd key={key} className={styles.key}>
        {nameOf(key)}
      </kbd>
    ))}
  </span>
);
