import type { Board } from '@leanvibe/protocol/board';
import { Inbox } from 'lucide-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useConnection } from '../../hub/hub-context.tsx';
import { useNow } from '../../hub/now.ts';
import { useBoard } from '../../hub/use-board.ts';
import { useCommands } from '../../shell/commands-context.tsx';
import { PageHeader } from '../../shell/PageHeader.tsx';
import { pendingApprovals } from '../../shell/pending-approvals.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { Kbd } from '../../ui/Kbd.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { InboxEntry } from './InboxEntry.tsx';
import styles from './InboxPage.module.css';
import { useDecision } from './use-decision.ts';
import { useInboxSelection } from './use-inbox-selection.ts';

/** What waits for a human's decision, oldest first. */
export function InboxPage() {
  const board = useBoard();
  const { failure } = useConnection();
  return (
    <>
      <PageHeader title="Inbox">
        <p className={styles.keys}>
          <span>
            <Kbd keys="j" /> <Kbd keys="k" /> next, previous
          </span>
          <span>
            <Kbd keys="a" /> approve
          </span>
          <span>
            <Kbd keys="r" /> reject
          </span>
        </p>
      </PageHeader>
      {board === undefined && failure !== null && (
        <ErrorState title="The inbox cannot be read" detail={failure.detail} />
      )}
      {board === undefined && failure === null && <Skeleton label="Reading the inbox" />}
      {board !== undefined && <InboxList board={board} />}
    </>
  );
}

function InboxList({ board }: { board: Board }) {
  const tasks = useMemo(() => pendingApprovals(board), [board]);
  const now = useNow(30_000);
  const selection = useInboxSelection(tasks);
  const [remarkFor, setRemarkFor] = useState<string | null>(null);
  const { busy, decide } = useDecision(selection.expect);
  const selected = tasks.find(({ id }) => id === selection.selected) ?? null;
  useInboxKeys({
    step: selection.step,
    approve: () => selected !== null && !busy.has(selected.id) && void decide(selected, 'approve', ''),
    reject: () => selected !== null && setRemarkFor(selected.id),
  });
  if (tasks.length === 0) {
    return (
      <EmptyState icon={<Inbox size={24} />} title="Nothing waits for you">
        When an agent or a person asks for approval of a task, it stands here until you have decided.
      </EmptyState>
    );
  }
  return (
    <div className={styles.scroll}>
      <ol className={styles.list} aria-label="Waiting for your decision, oldest first">
        {tasks.map((task) => (
          <InboxEntry
            key={task.id}
            task={task}
            nowMs={now}
            isSelected={task.id === selection.selected}
            isBusy={busy.has(task.id)}
            isRemarking={task.id === remarkFor}
            onSelect={() => selection.select(task.id)}
            onRemark={(isOpen) => setRemarkFor(isOpen ? task.id : null)}
            onDecide={(decision, remark) => void decide(task, decision, remark)}
          />
        ))}
      </ol>
    </div>
  );
}

type Keys = { step: (step: 1 | -1) => void; approve: () => void; reject: () => void };

function useInboxKeys(keys: Keys): void {
  const latest = useRef(keys);
  useEffect(() => {
    latest.current = keys;
  });
  const commands = useMemo(
    () => [
      { id: 'inbox.next', title: 'Next entry', section: 'Inbox', shortcut: 'j', run: () => latest.current.step(1) },
      {
        id: 'inbox.previous',
        title: 'Previous entry',
        section: 'Inbox',
        shortcut: 'k',
        run: () => latest.current.step(-1),
      },
      {
        id: 'inbox.approve',
        title: 'Approve the selected task',
        section: 'Inbox',
        shortcut: 'a',
        run: () => latest.current.approve(),
      },
      {
        id: 'inbox.reject',
        title: 'Reject the selected task…',
        section: 'Inbox',
        shortcut: 'r',
        run: () => latest.current.reject(),
      },
    ],
    [],
  );
  useCommands(commands);
}
