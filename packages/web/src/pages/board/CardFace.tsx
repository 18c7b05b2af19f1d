import type { Task } from '@leanvibe/protocol/task';
import { CalendarDays, CircleCheck, CircleX, Gauge, Hourglass, Link2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { PriorityIcon } from '../../components/PriorityIcon.tsx';
import { dayText, dueStateOf, percentText } from '../../components/task-facts.ts';
import { approvalTitles } from '../../hub/task-values.ts';
import { Avatar } from '../../ui/Avatar.tsx';
import { Badge, type BadgeTone } from '../../ui/Badge.tsx';
import styles from './Card.module.css';

type Props = { task: Task; blockers: readonly Task[]; nowMs: number; children: ReactNode };

const shownTags = 3;

const dueTones = { overdue: 'danger', today: 'warning', soon: 'neutral', later: 'neutral' } as const;
const approvalTones = { pending: 'warning', approved: 'success', rejected: 'danger' } as const satisfies Record<
  string,
  BadgeTone
>;
const approvalIcons = { pending: Hourglass, approved: CircleCheck, rejected: CircleX } as const;

/** What a card says about its task; `children` is the line with the title. */
export const CardFace = ({ task, blockers, nowMs, children }: Props) => (
  <>
    <div className={styles.head}>
      <PriorityIcon priority={task.priority} />
      {children}
      {task.assigned_to !== null && <Avatar name={task.assigned_to} />}
    </div>
    <CardFacts task={task} blockers={blockers} nowMs={nowMs} />
  </>
);

function CardFacts({ task, blockers, nowMs }: Omit<Props, 'children'>) {
  const { tags, confidence_score: confidence, due_at: due, approval, status } = task;
  const isBare = tags.length === 0 && confidence === null && due === null && approval === null && blockers.length === 0;
  if (isBare) return null;
  return (
    <div className={styles.facts}>
      {blockers.length > 0 && (
        <Badge
          tone="danger"
          icon={<Link2 size={12} />}
          title={`Waits for ${blockers.map(({ title }) => title).join(', ')}`}
        >
          Blocked{blockers.length > 1 && ` by ${blockers.length}`}
        </Badge>
      )}
      {approval !== null && <ApprovalBadge approval={approval} />}
      {due !== null && (
        <Badge
          tone={status === 'done' ? 'neutral' : dueTones[dueStateOf(due, nowMs)]}
          icon={<CalendarDays size={12} />}
        >
          <span className="visually-hidden">Due </span>
          {dayText(due, nowMs)}
        </Badge>
      )}
      {confidence !== null && (
        <Badge icon={<Gauge size={12} />} title="How sure the agent is">
          <span className="visually-hidden">Confidence </span>
          {percentText(confidence)}
        </Badge>
      )}
      {tags.slice(0, shownTags).map((tag) => (
        <Badge key={tag}>
          <span className="visually-hidden">Tag </span>
          {tag}
        </Badge>
      ))}
      {tags.length > shownTags && <Badge title={tags.slice(shownTags).join(', ')}>+{tags.length - shownTags}</Badge>}
    </div>
  );
}

function ApprovalBadge({ approval }: { approval: NonNullable<Task['approval']> }) {
  const Icon = approvalIcons[approval.state];
  return (
    <Badge tone={approvalTones[approval.state]} icon={<Icon size={12} />}>
      {approvalTitles[approval.state]}
    </Badge>
  );
}
