import type { StreamEvent } from '@leanvibe/client/event-types';
import type { LeanVibeEvent } from '@leanvibe/protocol/event';
import type { Task } from '@leanvibe/protocol/task';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Bot, Cog, User } from 'lucide-react';
import { useEffect } from 'react';
import { useHub } from '../../hub/hub-context.tsx';
import { useNow } from '../../hub/now.ts';
import { historyKey } from '../../hub/query-keys.ts';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { agoText } from '../ago-text.ts';
import { historyLines } from './history-lines.ts';
import styles from './TaskDrawer.module.css';

type Props = { taskId: string; tasksById: ReadonlyMap<string, Task> };

const actorIcons = { human: User, agent: Bot, system: Cog } as const;
const minuteMs = 60_000;

/** What happened to the task, newest first, as it happens. */
export function HistorySection({ taskId, tasksById }: Props) {
  const { data: events, error, refetch } = useHistory(taskId);
  const nowMs = useNow(minuteMs);
  return (
    <section className={styles.section} aria-label="History">
      <h3>History</h3>
      {error !== null && (
        <ErrorState title="The history cannot be read" detail={error.message} onRetry={() => void refetch()} />
      )}
      {events === undefined && error === null && <Skeleton label="Reading the history" rows={2} />}
      <ol className={styles.history}>
        {historyLines(events ?? [], tasksById).map(({ id, actor, text, at }) => {
          const Icon = actorIcons[actor.kind];
          return (
            <li key={id} className={styles.event}>
              <Icon size={14} aria-hidden="true" />
              <span>
                <strong>{actor.id}</strong> {text}
              </span>
              <time className={styles.quiet} dateTime={at} title={new Date(at).toLocaleString()}>
                {agoText(at, nowMs)}
              </time>
            </li>
          );
        })}
      </ol>
    </section>
  );
}

const isAbout = (event: StreamEvent, taskId: string): event is StreamEvent & LeanVibeEvent => {
  const { task } = event.data as { task?: Task };
  return event.channel === 'tasks' && task?.id === taskId;
};

/** The events of a task: read once, and then as they come in. */
function useHistory(taskId: string) {
  const { client, workspace, events } = useHub();
  const queryClient = useQueryClient();
  useEffect(
    () =>
      events.listen((event) => {
        if (!isAbout(event, taskId)) return;
        queryClient.setQueryData<LeanVibeEvent[]>(historyKey(workspace, taskId), (known) =>
          known === undefined || known.some(({ id }) => id === event.id) ? known : [...known, event],
        );
      }),
    [events, queryClient, workspace, taskId],
  );
  return useQuery({
    queryKey: historyKey(workspace, taskId),
    // Opened again, it may have missed what happened meanwhile.
    staleTime: 0,
    refetchOnMount: 'always',
    queryFn: async ({ signal }) => (await client.tasks.history(taskId, { limit: 1000 }, { signal })).events,
  });
}
