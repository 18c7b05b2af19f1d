import { useId } from 'react';
import styles from './Switch.module.css';

type Props = {
  label: string;
  hint?: string | undefined;
  isOn: boolean;
  isDisabled?: boolean;
  onChange: (isOn: boolean) => void;
};

/** Something that is on or off, and becomes so at once. */
export function Switch({ label, hint, isOn, isDisabled = false, onChange }: Props) {
  const hintId = useId();
  return (
    <label className={styles.switch}>
      <span className={styles.words}>
        <span>{label}</span>
        {hint !== undefined && (
          <span id={hintId} className={styles.hint}>
            {hint}
          </span>
        )}
      </span>
      <input
        type="checkbox"
        role="switch"
        className={styles.input}
        aria-label={label}
        aria-describedby={hint === undefined ? undefined : hintId}
        checked={isOn}
        disabled={isDisabled}
        onChange={({ target }) => onChange(target.checked)}
      />
    </label>
  );
}
