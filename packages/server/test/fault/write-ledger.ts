import { isDeepStrictEqual } from 'node:util';
import type { DatabaseAudit, WorkspaceAudit } from './database-audit.ts';
import { versionKey, type LogFold } from './log-fold.ts';
import { demand, WriteLost, type LoggedTask } from './logged-event.ts';

export type WriteKind = 'create' | 'update' | 'move' | 'delete' | 'restore' | 'bulk';

/**
 * One request that writes. Its marker travels as the actor, and so into each event that it causes. `lost`: nobody knows what became
 * of it; `open`: it is under way.
 */
export type LedgerEntry = {
  readonly marker: string;
  readonly clientId: string;
  readonly kind: WriteKind;
  /** How many versions it makes when it is done. */
  readonly parts: number;
  /** What was sent, to send it again; only where it may be sent again. */
  readonly repeatable: { path: string; body: unknown; key: string } | null;
  outcome: 'open' | 'acknowledged' | 'refused' | 'lost';
  /** The status of the answer; null while there is none. */
  status: number | null;
  /** The tasks as the answer had them. */
  answered: readonly LoggedTask[];
  answerText: string;
};

/** Keeps what the writers were promised, outside of the server, to hold the server to it. */
export class WriteLedger {
  readonly entries: LedgerEntry[] = [];

  /** Notes a request before it is sent. */
  begin(
    entry: Pick<LedgerEntry, 'clientId' | 'kind'> & Partial<Pick<LedgerEntry, 'parts' | 'repeatable'>>,
  ): LedgerEntry {
    const opened: LedgerEntry = {
      parts: 1,
      repeatable: null,
      ...entry,
      marker: `writer-${this.entries.length + 1}`,
      outcome: 'open',
      status: null,
      answered: [],
      answerText: '',
    };
    this.entries.push(opened);
    return opened;
  }

  /** The server is gone: whatever is under way has no answer any more. */
  loseOpenOnes(): void {
    for (const entry of this.entries) if (entry.outcome === 'open') entry.outcome = 'lost';
  }

  /** Creations whose answer was lost, and that may be sent again. */
  lostRepeatables(): LedgerEntry[] {
    return this.entries.filter((entry) => entry.outcome === 'lost' && entry.repeatable !== null);
  }

  count(outcome: LedgerEntry['outcome']): number {
    return this.entries.reduce((sum, entry) => sum + (entry.outcome === outcome ? 1 : 0), 0);
  }

  /** The acknowledged requests of which the database has less than was acknowledged. */
  missing(audit: DatabaseAudit): LedgerEntry[] {
    return this.entries.filter(
      (entry) => entry.outcome === 'acknowledged' && !isKept(entry, audit.get(entry.clientId)),
    );
  }

  /**
   * Checks that the database has exactly what was promised: all of what was acknowledged, none of what was refused, all or nothing of
   * what was lost, and nothing that nobody asked for. Throws `InvariantBroken`.
   */
  reconcile(audit: DatabaseAudit): void {
    const missing = this.missing(audit);
    if (missing.length > 0) {
      const first = missing.slice(0, 3).map(describe).join(', ');
      throw new WriteLost(`${missing.length} acknowledged writes are lost: ${first}`);
    }
    const known = new Map(this.entries.map((entry) => [entry.marker, entry]));
    for (const [clientId, { fold }] of audit) {
      for (const [actorId, { length }] of fold.byActor) {
        const entry = known.get(actorId);
        demand(
          entry?.clientId === clientId,
          () => `an event in ${clientId} is from ${actorId}, who did not write there`,
        );
        demand(entry.outcome !== 'refused', () => `${describe(entry)} was refused, and yet done`);
        demand(length === entry.parts, () => `${describe(entry)} was done ${length} times of ${entry.parts}`);
      }
    }
  }
}

const describe = ({ marker, kind, clientId }: LedgerEntry): string => `${kind} ${marker} in ${clientId}`;

function isKept(entry: LedgerEntry, workspace: WorkspaceAudit | undefined): boolean {
  if (!workspace) return false;
  const made = workspace.fold.byActor.get(entry.marker)?.length ?? 0;
  // To move a task to where it stands changes nothing: then the answer is a version that another request made.
  const isEnough = made === entry.parts || (entry.kind === 'move' && made === 0);
  return isEnough && entry.answered.every((task) => isVersion(task, workspace.fold));
}

const isVersion = (task: LoggedTask, { versions }: LogFold): boolean =>
  isDeepStrictEqual(versions.get(versionKey(task))?.task, task);
