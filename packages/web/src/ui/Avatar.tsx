import styles from './Avatar.module.css';
import { classNames } from './class-names.ts';
import { hueOf, initialsOf } from './initials.ts';

type Props = { name: string; size?: 'small' | 'medium' };

/** Two letters and a colour for a person, an agent or a device; decoration beside its name, or with the name as its title. */
export const Avatar = ({ name, size = 'small' }: Props) => (
  <span
    className={classNames(styles.avatar, styles[size])}
    data-hue={hueOf(name)}
    role="img"
    aria-label={name}
    title={name}
  >
    <span aria-hidden="true">{initialsOf(name)}</span>
  </span>
);
