import { History, Pause, Play } from 'lucide-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useCommands } from '../../shell/commands-context.tsx';
import { Button } from '../../ui/Button.tsx';
import styles from './ActivityPage.module.css';
import { JumpDialog } from './JumpDialog.tsx';

type Props = {
  isLive: boolean;
  isPaused: boolean;
  /** How many events wait to be shown. */
  waiting: number;
  onPause: (isPaused: boolean) => void;
  onJump: (timeMs: number) => void;
};

/** Holds the list still, and leads to an earlier time. */
export function ActivityControls({ isLive, isPaused, waiting, onPause, onJump }: Props) {
  const [isJumping, setJumping] = useState(false);
  const toggle = useRef(() => {});
  useEffect(() => {
    toggle.current = () => isLive && onPause(!isPaused);
  });
  const commands = useMemo(
    () => [
      {
        id: 'activity.pause',
        title: 'Pause or resume',
        section: 'Activity',
        shortcut: 'p',
        run: () => toggle.current(),
      },
      {
        id: 'activity.jump',
        title: 'Jump to a time…',
        section: 'Activity',
        shortcut: 't',
        run: () => setJumping(true),
      },
    ],
    [],
  );
  useCommands(commands);
  return (
    <div className={styles.controls}>
      <Button icon={<History size={14} />} onClick={() => setJumping(true)}>
        Jump to a time…
      </Button>
      {isLive && (
        <Button
          variant={isPaused ? 'primary' : 'secondary'}
          icon={isPaused ? <Play size={14} /> : <Pause size={14} />}
          onClick={() => onPause(!isPaused)}
        >
          {isPaused ? `Resume${waiting > 0 ? ` (${waiting} new)` : ''}` : 'Pause'}
        </Button>
      )}
      {isJumping && <JumpDialog onJump={onJump} onClose={() => setJumping(false)} />}
    </div>
  );
}
