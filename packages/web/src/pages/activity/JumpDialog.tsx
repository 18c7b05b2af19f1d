import { useState } from 'react';
import { nowMs } from '../../hub/now.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { localDateTime } from './activity-days.ts';
import styles from './ActivityPage.module.css';

const hourMs = 3_600_000;

const presets = [
  { label: '15 minutes ago', beforeMs: hourMs / 4 },
  { label: '1 hour ago', beforeMs: hourMs },
  { label: '1 day ago', beforeMs: 24 * hourMs },
  { label: '1 week ago', beforeMs: 7 * 24 * hourMs },
] as const;

type Props = { onJump: (timeMs: number) => void; onClose: () => void };

/** Asks for the time to look at. */
export function JumpDialog({ onJump, onClose }: Props) {
  const [text, setText] = useState(() => localDateTime(nowMs()));
  const timeMs = Date.parse(text);
  const isTime = !Number.isNaN(timeMs);
  const jump = (toMs: number): void => {
    onClose();
    onJump(toMs);
  };
  return (
    <Dialog
      title="Jump to a time"
      onClose={onClose}
      actions={
        <Button variant="primary" disabled={!isTime} onClick={() => jump(timeMs)}>
          Show what led up to it
        </Button>
      }
    >
      <div className={styles.jump}>
        <TextField
          label="Date and time"
          type="datetime-local"
          value={text}
          autoFocus
          error={isTime ? undefined : 'Fill in date and time.'}
          onChange={({ target }) => setText(target.value)}
          onKeyDown={({ key }) => key === 'Enter' && isTime && jump(timeMs)}
        />
        <div className={styles.presets}>
          {presets.map(({ label, beforeMs }) => (
            <Button key={label} onClick={() => jump(nowMs() - beforeMs)}>
              {label}
            </Button>
          ))}
        </div>
      </div>
    </Dialog>
  );
}
