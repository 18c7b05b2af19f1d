import { momentText } from '../../components/elapsed-time.ts';
import { useConnection } from '../../hub/hub-context.tsx';
import { connectionText } from '../../shell/connection-text.ts';
import { Button } from '../../ui/Button.tsx';
import type { ActivityStretch } from './activity-feed.ts';
import styles from './ActivityPage.module.css';

type Props = { stretch: ActivityStretch; atMs: number | null; onLater: () => void; onLive: () => void };

/** Says when what stands below is not the present: because an earlier time is looked at, or because nothing can come in. */
export function ActivityNotice({ stretch, atMs, onLater, onLive }: Props) {
  const { tone, text } = connectionText(useConnection());
  if (!stretch.isLive && atMs !== null) {
    return (
      <div className={styles.notice}>
        <p>
          What happened up to <time dateTime={new Date(atMs).toISOString()}>{momentText(atMs)}</time>
        </p>
        <Button disabled={stretch.reading !== null} onClick={onLater}>
          Load later
        </Button>
        <Button variant="primary" onClick={onLive}>
          Back to the present
        </Button>
      </div>
    );
  }
  if (tone !== 'bad') return null;
  return (
    <div className={styles.notice} data-tone="bad">
      <p>{text}. What happens meanwhile comes in, in order, as soon as the server is back.</p>
    </div>
  );
}
