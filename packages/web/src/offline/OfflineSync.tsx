import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { CommandRunner } from '../hub/command-runner.ts';
import { useHub } from '../hub/hub-context.tsx';
import { useAnnounce } from '../ui/Announcer.tsx';
import { useToasts } from '../ui/Toasts.tsx';
import { rememberBoards } from './board-memory.ts';
import { keepSending } from './keep-sending.ts';

/** Keeps the last board readable without a connection, and sends what was done without one as soon as there is one again. */
export function OfflineSync() {
  const hub = useHub();
  const queryClient = useQueryClient();
  const toasts = useToasts();
  const announce = useAnnounce();
  useEffect(() => {
    const end = new AbortController();
    const { workspace } = hub;
    const runner = new CommandRunner({ hub, queryClient, toasts, announce });
    void hub.store.then((store) => rememberBoards({ workspace, store, queryClient, signal: end.signal }));
    keepSending(hub, runner, end.signal);
    return () => end.abort();
  }, [hub, queryClient, toasts, announce]);
  return null;
}
