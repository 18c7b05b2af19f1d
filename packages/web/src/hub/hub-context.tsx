import { useQueryClient } from '@tanstack/react-query';
import { createContext, use, useEffect, useMemo, useSyncExternalStore, type ReactNode } from 'react';
import type { ConnectionInfo } from './connection.ts';
import { deviceId } from './device.ts';
import type { FirstBoard } from './first-board.ts';
import { createHub, type Hub } from './hub.ts';
import { followEvents } from './live-events.ts';
import { nowMs } from './now.ts';
import { rememberWorkspace, useWorkspace } from './workspace.ts';

const HubContext = createContext<Hub | null>(null);

/** Keeps one stream of the workspace open, for as long as the app is, and patches what the pages show. */
export function HubProvider({ firstBoard, children }: { firstBoard: FirstBoard; children: ReactNode }) {
  const workspace = useWorkspace();
  const queryClient = useQueryClient();
  const hub = useMemo(() => createHub(workspace, deviceId(), nowMs()), [workspace]);
  useEffect(() => {
    rememberWorkspace(hub.workspace);
    const end = new AbortController();
    void followEvents(hub, queryClient, end.signal, firstBoard);
    return () => end.abort();
  }, [hub, queryClient, firstBoard]);
  return <HubContext value={hub}>{children}</HubContext>;
}

/** The open workspace. */
export function useHub(): Hub {
  const hub = use(HubContext);
  if (hub === null) throw new Error('there is no HubProvider around this');
  return hub;
}

/** How the app is connected, as it changes. */
export function useConnection(): ConnectionInfo {
  const { connection } = useHub();
  return useSyncExternalStore(connection.subscribe, connection.get);
}
