import type { Task } from '@leanvibe/protocol/task';
import { Check, X } from 'lucide-react';
import { useState } from 'react';
import { useTaskActions } from '../hub/task-actions.ts';
import { Button } from '../ui/Button.tsx';
import { TextArea } from '../ui/TextArea.tsx';
import styles from './ApprovalDecision.module.css';

/** Approves a task, or rejects it with a reason, in place. */
export function ApprovalDecision({ task }: { task: Task }) {
  const { approve, reject } = useTaskActions();
  const [isRejecting, setRejecting] = useState(false);
  const [reason, setReason] = useState('');
  const [isBusy, setBusy] = useState(false);
  // Not disabled meanwhile: a button that is loses the focus.
  const decide = async (send: () => Promise<boolean>): Promise<void> => {
    if (isBusy) return;
    setBusy(true);
    await send();
    setBusy(false);
  };
  if (!isRejecting) {
    return (
      <div className={styles.row}>
        <Button variant="primary" icon={<Check size={14} />} onClick={() => void decide(() => approve(task, ''))}>
          Approve<span className="visually-hidden"> {task.title}</span>
        </Button>
        <Button icon={<X size={14} />} onClick={() => setRejecting(true)}>
          Reject…<span className="visually-hidden"> {task.title}</span>
        </Button>
      </div>
    );
  }
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (reason.trim() !== '') void decide(() => reject(task, reason.trim()));
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.preventDefault();
        event.stopPropagation();
        setRejecting(false);
      }}
    >
      <TextArea
        label="Reason"
        autoFocus
        required
        maxLength={4096}
        value={reason}
        onChange={({ target }) => setReason(target.value)}
      />
      <div className={styles.row}>
        <Button variant="danger" type="submit" aria-busy={isBusy} disabled={reason.trim() === ''}>
          Reject
        </Button>
        <Button onClick={() => setRejecting(false)}>Cancel</Button>
      </div>
    </form>
  );
}
