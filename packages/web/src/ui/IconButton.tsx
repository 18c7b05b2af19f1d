import type { ButtonHTMLAttributes, ReactNode, Ref } from 'react';
import { classNames } from './class-names.ts';
import styles from './IconButton.module.css';
import { Tooltip } from './Tooltip.tsx';

type Props = Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'children'> & {
  /** What the button does: its name for screen readers, and its tooltip. */
  label: string;
  icon: ReactNode;
  /** The keys that do the same. */
  shortcut?: string | undefined;
  ref?: Ref<HTMLButtonElement> | undefined;
};

/** A button with a picture on it. */
export const IconButton = ({ label, icon, shortcut, className, type = 'button', ...rest }: Props) => (
  <Tooltip text={label} shortcut={shortcut}>
    <button {...rest} type={type} aria-label={label} className={classNames(styles.button, className)}>
      {icon}
    </button>
  </Tooltip>
);
