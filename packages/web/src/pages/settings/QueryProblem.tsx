import { LeanVibeError } from '@leanvibe/client/leanvibe-error';
import { Button } from '../../ui/Button.tsx';
import styles from './QueryProblem.module.css';

/** Says within a part of the page why it cannot be shown, and offers to try again where that can help. */
export function QueryProblem({ error, onRetry }: { error: Error; onRetry: () => void }) {
  const isForbidden = error instanceof LeanVibeError && error.code === 'forbidden';
  return (
    <div className={styles.problem} role="alert">
      <p>{isForbidden ? 'Only an admin may see this; this browser is signed in with less.' : error.message}</p>
      {!isForbidden && <Button onClick={onRetry}>Try again</Button>}
    </div>
  );
}
