import type { InputHTMLAttributes, Ref } from 'react';
import { classNames } from './class-names.ts';
import styles from './Field.module.css';
import { FieldFrame, type FieldFrameProps } from './FieldFrame.tsx';

type Props = FieldFrameProps & InputHTMLAttributes<HTMLInputElement> & { ref?: Ref<HTMLInputElement> | undefined };

/** A line of text, or with `type` a number, a date and the like. */
export const TextField = ({ label, isLabelHidden, hint, error, className, ...rest }: Props) => (
  <FieldFrame label={label} isLabelHidden={isLabelHidden} hint={hint} error={error}>
    {(control) => <input autoComplete="off" {...rest} {...control} className={classNames(styles.control, className)} />}
  </FieldFrame>
);
