/** A task as the log tells of it; the tests look only at some members. */
export type LoggedTask = Readonly<Record<string, unknown>> & { id: string; version: number; status: string };

/** A change of one member of a task. */
export type LoggedChange = { from: unknown; to: unknown };

/** An event of the log, without the cursor, which depends on who asks. */
export type LoggedEvent = {
  id: string;
  type: string;
  seq: number;
  client_id: string;
  channel: string;
  priority: string;
  timestamp: string;
  actor: { kind: string; id: string };
  data: { task?: LoggedTask; task_id?: string; changes?: Record<string, LoggedChange> };
};

/** An event as a client got it. */
export type ReceivedEvent = LoggedEvent & { cursor: string };

/** The event without its cursor. */
export function withoutCursor({ cursor: _cursor, ...event }: ReceivedEvent): LoggedEvent {
  return event;
}

/** Something that must hold does not. The message says what, for the person who looks into it. */
export class InvariantBroken extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'InvariantBroken';
  }
}

/** What somebody was told is stored is not there. */
export class WriteLost extends InvariantBroken {
  constructor(message: string) {
    super(message);
    this.name = 'WriteLost';
  }
}

/** Throws `InvariantBroken` unless the claim holds. */
export function demand(holds: boolean, claim: () => string): asserts holds {
  if (!holds) throw new InvariantBroken(claim());
}
