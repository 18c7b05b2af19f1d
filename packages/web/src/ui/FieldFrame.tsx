import { useId, type ReactNode } from 'react';
import { classNames } from './class-names.ts';
import styles from './Field.module.css';

/** What surrounds every control of a form. */
export type FieldFrameProps = {
  label: string;
  /** Whether the label is only for screen readers, where the place says what it is. */
  isLabelHidden?: boolean | undefined;
  hint?: string | undefined;
  /** What is wrong with the value. */
  error?: string | undefined;
};

/** The attributes that tie a control to its label, hint and error. */
export type ControlAttributes = { id: string; 'aria-describedby': string | undefined; 'aria-invalid': boolean };

type Props = FieldFrameProps & { children: (control: ControlAttributes) => ReactNode };

/** A label, a control, and what there is to say about its value. */
export function FieldFrame({ label, isLabelHidden = false, hint, error, children }: Props) {
  const id = useId();
  const note = error ?? hint;
  return (
    <div className={styles.field}>
      <label htmlFor={id} className={isLabelHidden ? 'visually-hidden' : styles.label}>
        {label}
      </label>
      {children({
        id,
        'aria-describedby': note === undefined ? undefined : `${id}-note`,
        'aria-invalid': error !== undefined,
      })}
      {note !== undefined && (
        <p id={`${id}-note`} className={classNames(error === undefined ? styles.hint : styles.error)}>
          {note}
        </p>
      )}
    </div>
  );
}
