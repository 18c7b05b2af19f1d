import type { Board } from '@leanvibe/protocol/board';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { useHub } from '../../hub/hub-context.tsx';
import { boardKey } from '../../hub/query-keys.ts';
import { ActivityFeed, unreadStretch, type ActivityStretch } from './activity-feed.ts';

const neverChanges = (): (() => void) => () => {};
const unread = (): ActivityStretch => unreadStretch;

/** The stretch of the log that leads up to a time (null: to the present), and what reads more of it (null: not yet). */
export function useActivityFeed(atMs: number | null): [ActivityStretch, ActivityFeed | null] {
  const { workspace, client, events } = useHub();
  const queryClient = useQueryClient();
  const [feed, setFeed] = useState<ActivityFeed | null>(null);
  const { data: board } = useQuery<Board>({ queryKey: boardKey(workspace), enabled: false });
  useEffect(() => {
    const end = new AbortController();
    const head = async (): Promise<string> =>
      queryClient.getQueryData<Board>(boardKey(workspace))?.cursor ??
      (await client.tasks.board({ signal: end.signal, retries: Infinity })).cursor;
    const opened = new ActivityFeed({ events: client.events, head, signal: end.signal });
    setFeed(opened);
    const ignore = events.listen((event) => opened.take(event));
    void (atMs === null ? opened.openLive() : opened.openAt(atMs));
    return () => {
      ignore();
      end.abort();
    };
  }, [workspace, client, events, queryClient, atMs]);
  const cursor = board?.cursor;
  useEffect(() => {
    if (cursor !== undefined) feed?.reach(cursor);
  }, [feed, cursor]);
  return [useSyncExternalStore(feed?.stretch.subscribe ?? neverChanges, feed?.stretch.get ?? unread), feed];
}
