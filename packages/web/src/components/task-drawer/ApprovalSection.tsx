import type { Task } from '@leanvibe/protocol/task';
import { useState } from 'react';
import { useNow } from '../../hub/now.ts';
import { useTaskActions } from '../../hub/task-actions.ts';
import { approvalTitles } from '../../hub/task-values.ts';
import { Button } from '../../ui/Button.tsx';
import { classNames } from '../../ui/class-names.ts';
import { TextArea } from '../../ui/TextArea.tsx';
import { agoText } from '../ago-text.ts';
import { ApprovalDecision } from '../ApprovalDecision.tsx';
import styles from './TaskDrawer.module.css';

const minuteMs = 60_000;

/** Where the task stands on the way to a human's decision, and the next step. */
export function ApprovalSection({ task }: { task: Task }) {
  const { approval } = task;
  const [isAsking, setAsking] = useState(false);
  const isPending = approval?.state === 'pending';
  return (
    <section className={classNames(styles.section, styles.approval, isPending && styles.pending)} aria-label="Approval">
      <div className={styles.sectionHead}>
        <h3>{approval === null ? 'Approval' : approvalTitles[approval.state]}</h3>
        {!isPending && !isAsking && (
          <Button variant="quiet" onClick={() => setAsking(true)}>
            {approval === null ? 'Ask for approval' : 'Ask again'}
          </Button>
        )}
      </div>
      {approval !== null && <ApprovalFacts approval={approval} />}
      {isPending && <ApprovalDecision task={task} />}
      {isAsking && !isPending && <AskForm task={task} onDone={() => setAsking(false)} />}
    </section>
  );
}

function ApprovalFacts({ approval }: { approval: NonNullable<Task['approval']> }) {
  const nowMs = useNow(minuteMs);
  const { requested_by: asker, requested_at: askedAt, decided_by: decider, decided_at: decidedAt, reason } = approval;
  return (
    <>
      <p className={styles.quiet}>
        {decider === null || decidedAt === null
          ? `Asked by ${asker} ${agoText(askedAt, nowMs)}`
          : `Decided by ${decider} ${agoText(decidedAt, nowMs)}; asked by ${asker}`}
      </p>
      {reason !== null && reason !== '' && <p>{reason}</p>}
    </>
  );
}

function AskForm({ task, onDone }: { task: Task; onDone: () => void }) {
  const { requestApproval } = useTaskActions();
  const [note, setNote] = useState('');
  const ask = async (): Promise<void> => {
    if (await requestApproval(task, note.trim())) onDone();
  };
  return (
    <>
      <TextArea
        label="Note (may stay empty)"
        autoFocus
        maxLength={4096}
        value={note}
        onChange={({ target }) => setNote(target.value)}
      />
      <div className={styles.row}>
        <Button variant="primary" onClick={() => void ask()}>
          Ask for approval
        </Button>
        <Button onClick={onDone}>Cancel</Button>
      </div>
    </>
  );
}
