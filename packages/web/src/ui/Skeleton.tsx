import styles from './Skeleton.module.css';

type Props = { label: string; rows?: number };

/** Grey bars in the place of what is being read. */
export const Skeleton = ({ label, rows = 3 }: Props) => (
  <div className={styles.skeleton} role="group" aria-busy="true" aria-label={label}>
    {Array.from({ length: rows }, (_, row) => (
      <span key={row} className={styles.bar} />
    ))}
  </div>
);
