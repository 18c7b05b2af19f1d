import type { Task } from '@leanvibe/protocol/task';
import { Check, X } from 'lucide-react';
import { elapsedText, momentText } from '../../components/elapsed-time.ts';
import { priorityTitles, statusTitles } from '../../hub/task-values.ts';
import { AppLink } from '../../shell/AppLink.tsx';
import { Avatar } from '../../ui/Avatar.tsx';
import { Badge } from '../../ui/Badge.tsx';
import { Button } from '../../ui/Button.tsx';
import { DecisionForm } from './DecisionForm.tsx';
import styles from './InboxEntry.module.css';
import type { Decision } from './use-decision.ts';
import { entryElementId } from './use-inbox-selection.ts';

type Props = {
  task: Task;
  nowMs: number;
  isSelected: boolean;
  isBusy: boolean;
  isRemarking: boolean;
  onSelect: () => void;
  onRemark: (isOpen: boolean) => void;
  onDecide: (decision: Decision, remark: string) => void;
};

/** A task that waits: what it is about, who asked and since when, and the decision. */
export function InboxEntry({ task, nowMs, isSelected, isBusy, isRemarking, onSelect, onRemark, onDecide }: Props) {
  const elementId = entryElementId(task.id);
  const closeRemark = (): void => {
    onRemark(false);
    document.getElementById(elementId)?.focus();
  };
  return (
    <li
      id={elementId}
      tabIndex={-1}
      className={styles.entry}
      data-selected={isSelected}
      aria-current={isSelected ? 'true' : undefined}
      aria-busy={isBusy}
      aria-label={task.title}
      onFocus={onSelect}
      onPointerDown={onSelect}
    >
      <Asked task={task} nowMs={nowMs} />
      <h2 className={styles.title}>
        <AppLink to={`/?task=${task.id}`}>{task.title}</AppLink>
      </h2>
      {task.approval?.reason && <blockquote className={styles.note}>{task.approval.reason}</blockquote>}
      {task.description && <p className={styles.description}>{task.description}</p>}
      <Facts task={task} />
      {isRemarking ? (
        <DecisionForm isBusy={isBusy} onDecide={onDecide} onClose={closeRemark} />
      ) : (
        <div className={styles.actions}>
          <Button
            variant="primary"
            icon={<Check size={14} />}
            disabled={isBusy}
            onClick={() => onDecide('approve', '')}
          >
            Approve
          </Button>
          <Button icon={<X size={14} />} disabled={isBusy} onClick={() => onRemark(true)}>
            Reject or comment…
          </Button>
        </div>
      )}
    </li>
  );
}

function Asked({ task: { approval }, nowMs }: { task: Task; nowMs: number }) {
  const { requested_by: by, requested_at: at } = approval!;
  return (
    <p className={styles.asked}>
      <Avatar name={by} />
      <span>
        <span className={styles.person}>{by}</span> asks
      </span>
      <time className={styles.since} dateTime={at} title={momentText(at)}>
        waits {elapsedText(nowMs - Date.parse(at))}
      </time>
    </p>
  );
}

const Facts = ({ task }: { task: Task }) => (
  <p className={styles.facts}>
    <Badge>{statusTitles[task.status]}</Badge>
    <Badge tone={task.priority === 'critical' ? 'danger' : task.priority === 'high' ? 'warning' : 'neutral'}>
      {priorityTitles[task.priority]}
    </Badge>
    {task.assigned_to !== null && <Badge>{task.assigned_to}</Badge>}
    {task.confidence_score !== null && <Badge>Confidence {Math.round(task.confidence_score * 100)} %</Badge>}
    {task.tags.map((tag) => (
      <Badge key={tag}>#{tag}</Badge>
    ))}
  </p>
);
