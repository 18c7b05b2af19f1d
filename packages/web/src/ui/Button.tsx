import type { ButtonHTMLAttributes, ReactNode, Ref } from 'react';
import styles from './Button.module.css';
import { classNames } from './class-names.ts';

/** What a button is for: the one thing to do, one of several, something in passing, or something that destroys. */
export type ButtonVariant = 'primary' | 'secondary' | 'quiet' | 'danger';

type Props = ButtonHTMLAttributes<HTMLButtonElement> & {
  variant?: ButtonVariant;
  icon?: ReactNode;
  ref?: Ref<HTMLButtonElement> | undefined;
};

/** A button with words on it. */
export const Button = ({ variant = 'secondary', icon, className, children, type = 'button', ...rest }: Props) => (
  <button {...rest} type={type} className={classNames(styles.button, styles[variant], className)}>
    {icon}
    {children}
  </button>
);
