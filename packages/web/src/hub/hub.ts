import { openBrowserStore } from '../offline/browser-store.ts';
import type { OfflineStore } from '../offline/offline-store.ts';
import { Outbox } from '../offline/outbox.ts';
import { createLeanVibeClient, type LeanVibeClient } from '@leanvibe/client/leanvibe-client';
import { CommandQueue } from './command-queue.ts';
import { notYetConnected, type ConnectionInfo } from './connection.ts';
import type { EditConflict } from './edit-conflict.ts';
import { EventFeed } from './event-feed.ts';
import { Observable } from './observable.ts';
import { PendingChanges } from './pending-changes.ts';
import { UndoHistory } from './undo-history.ts';
import { VersionLineage } from './version-lineage.ts';

/** Everything that lives as long as a workspace is open in this window. */
export type Hub = {
  workspace: string;
  client: LeanVibeClient;
  /** Names this browser to the server, for good. */
  deviceId: string;
  connection: Observable<ConnectionInfo>;
  /** Every event, as it comes in. */
  events: EventFeed;
  /** What was done here and does not stand in the board of the server yet. */
  pending: PendingChanges;
  /** What stays in this browser. */
  store: Promise<OfflineStore>;
  /** What was done without a connection and waits to be sent. */
  outbox: Outbox;
  /** What can be undone. */
  undo: UndoHistory;
  /** Which versions of which tasks were written from here. */
  lineage: VersionLineage;
  /** Keeps changes of one task in order. */
  queue: CommandQueue;
  /** An edit that met another one, until somebody has chosen. */
  conflict: Observable<EditConflict | null>;
};

/** Opens a workspace. Nothing is sent before it is asked for something. */
export function createHub(workspace: string, deviceId: string, nowMs: number): Hub {
  const store = openBrowserStore();
  const pending = new PendingChanges();
  return {
    workspace,
    client: createLeanVibeClient({ baseUrl: location.origin, clientId: workspace }),
    deviceId,
    connection: new Observable(notYetConnected(nowMs)),
    events: new EventFeed(),
    pending,
    store,
    outbox: new Outbox({ workspace, store, pending }),
    undo: new UndoHistory(),
    lineage: new VersionLineage(),
    queue: new CommandQueue(),
    conflict: new Observable<EditConflict | null>(null),
  };
}
