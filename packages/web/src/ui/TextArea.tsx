import type { Ref, TextareaHTMLAttributes } from 'react';
import { classNames } from './class-names.ts';
import styles from './Field.module.css';
import { FieldFrame, type FieldFrameProps } from './FieldFrame.tsx';

type Props = FieldFrameProps &
  TextareaHTMLAttributes<HTMLTextAreaElement> & { ref?: Ref<HTMLTextAreaElement> | undefined };

/** Text of several lines; it grows with what stands in it. */
export const TextArea = ({ label, isLabelHidden, hint, error, className, ...rest }: Props) => (
  <FieldFrame label={label} isLabelHidden={isLabelHidden} hint={hint} error={error}>
    {(control) => <textarea {...rest} {...control} className={classNames(styles.control, styles.area, className)} />}
  </FieldFrame>
);
