import type { Ref, SelectHTMLAttributes } from 'react';
import { classNames } from './class-names.ts';
import styles from './Field.module.css';
import { FieldFrame, type FieldFrameProps } from './FieldFrame.tsx';

/** One of the values to choose from. */
export type SelectOption<Value extends string> = { value: Value; label: string; isDisabled?: boolean };

type Props<Value extends string> = FieldFrameProps &
  Omit<SelectHTMLAttributes<HTMLSelectElement>, 'value' | 'onChange' | 'children'> & {
    value: Value;
    options: readonly SelectOption<Value>[];
    onValueChange: (value: Value) => void;
    ref?: Ref<HTMLSelectElement> | undefined;
  };

/** One of a few values, chosen with what the platform offers for it. */
export const Select = <Value extends string>({
  label,
  isLabelHidden,
  hint,
  error,
  options,
  onValueChange,
  className,
  ...rest
}: Props<Value>) => (
  <FieldFrame label={label} isLabelHidden={isLabelHidden} hint={hint} error={error}>
    {(control) => (
      <select
        {...rest}
        {...control}
        className={classNames(styles.control, className)}
        onChange={({ target }) => onValueChange(options[target.selectedIndex]!.value)}
      >
        {options.map(({ value, label: text, isDisabled }) => (
          <option key={value} value={value} disabled={isDisabled}>
            {text}
          </option>
        ))}
      </select>
    )}
  </FieldFrame>
);
