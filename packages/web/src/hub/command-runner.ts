import { LeanVibeError } from '@leanvibe/client/leanvibe-error';
import type { Task } from '@leanvibe/protocol/task';
import type { QueryClient } from '@tanstack/react-query';
import type { WaitingCommand } from '../offline/outbox.ts';
import { staysKept } from '../offline/reachability.ts';
import type { ReplayOutcome } from '../offline/replay-outbox.ts';
import type { ToastActions } from '../ui/Toasts.tsx';
import { doneText } from './command-text.ts';
import { conflictsOf, type EditConflict } from './edit-conflict.ts';
import type { Hub } from './hub.ts';
import type { RefusedStep } from './perform-command.ts';
import { refusalText } from './refusal-text.ts';
import { runCommand, sendCommand, serverBoard, type CommandResult } from './run-command.ts';
import type { TaskCommand } from './task-command.ts';
import type { UndoEntry } from './undo-history.ts';

type Deps = { hub: Hub; queryClient: QueryClient; toasts: ToastActions; announce: (text: string) => void };

// One quiet line at a time: what was done last takes the place of what was done before.
const doneToast = 'done';

/** Runs commands and tells people how they went. */
export class CommandRunner {
  readonly #deps: Deps;

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  /** Does it and says so; the answer is whether it was done. */
  run(command: TaskCommand): Promise<boolean> {
    return this.#deps.hub.undo.track(this.#run(command));
  }

  async #run(command: TaskCommand): Promise<boolean> {
    try {
      const result = await runCommand(command, this.#deps.hub, this.#deps.queryClient);
      if ('waiting' in result) {
        this.#tellKept(result.waiting);
        return true;
      }
      this.#tell(doneText(command, result.done.length), result);
      return result.refused.length === 0;
    } catch (error) {
      if (!(error instanceof LeanVibeError)) throw error;
      return this.#recover(command, error);
    }
  }

  /** Takes back an entry of the history, by default the newest. */
  async undo(wanted?: UndoEntry): Promise<boolean> {
    // What is still on its way can be taken back once it has arrived.
    if (wanted === undefined) await this.#deps.hub.undo.settled();
    const entry = this.#deps.hub.undo.take(wanted);
    if (entry === null) {
      this.#deps.announce('There is nothing to undo.');
      return false;
    }
    try {
      const result = await runCommand(entry.inverse, this.#deps.hub, this.#deps.queryClient);
      this.#say(`Undone: ${entry.done}`);
      if ('waiting' in result) return true;
      this.#tellRefused(result.refused);
      return result.refused.length === 0;
    } catch (error) {
      if (!(error instanceof LeanVibeError)) throw error;
      this.#refuse(error, 'It cannot be undone. ');
      return false;
    }
  }

  /** Sends a command that was kept without a connection. Resolves when somebody has chosen, where it met another change. */
  async replay(waiting: WaitingCommand): Promise<ReplayOutcome> {
    const { hub, queryClient } = this.#deps;
    const board = serverBoard(hub, queryClient);
    for (let command = waiting.command; ;) {
      try {
        const result = await sendCommand({ command, key: waiting.pendingKey, board }, hub, {
          id: waiting.id,
          wasKept: true,
        });
        this.#tell(doneText(command, result.done.length), result);
        return 'answered';
      } catch (error) {
        if (!(error instanceof LeanVibeError)) throw error;
        if (staysKept(error)) return 'unreachable';
        const conflict = conflictOf(command, error);
        if (conflict?.fields.length === 0) {
          command = { kind: 'update', before: conflict.current, changes: conflict.changes };
          continue;
        }
        hub.pending.drop(waiting.pendingKey);
        if (conflict === null) this.#refuse(error, 'What you did offline was not possible. ');
        else await this.#decide(conflict);
        return 'answered';
      }
    }
  }

  /** Lets somebody choose, after what they are choosing already. */
  async #decide(conflict: EditConflict): Promise<void> {
    const { hub } = this.#deps;
    await hub.conflict.until((open) => open === null);
    hub.conflict.set(conflict);
    await hub.conflict.until((open) => open !== conflict);
  }

  #tellKept(waiting: WaitingCommand): void {
    const undo = async () => {
      if (await this.#deps.hub.outbox.discard(waiting)) this.#say('Taken back');
    };
    this.#deps.toasts.show({
      text: 'Kept here, and sent as soon as the server can be reached',
      slot: doneToast,
      tone: 'neutral',
      action: { label: 'Undo', onAction: () => void undo() },
    });
  }

  #tell(done: string, { inverse, refused, tasks, done: steps }: CommandResult): void {
    this.#tellRefused(refused);
    if (steps.length === 0 && tasks.length === 0) return;
    if (inverse === null) return this.#say(done);
    const entry = { done, inverse };
    this.#deps.hub.undo.push(entry);
    this.#say(done, entry);
  }

  #say(text: string, undoable?: UndoEntry): void {
    const action = undoable && { label: 'Undo', onAction: () => void this.undo(undoable) };
    this.#deps.toasts.show({ text, slot: doneToast, tone: 'neutral', action });
  }

  #tellRefused(refused: readonly RefusedStep[]): void {
    const [first] = refused;
    if (first === undefined) return;
    const count = refused.length === 1 ? 'One task was' : `${refused.length} tasks were`;
    this.#refuse(first.error, `${count} left as before. `);
  }

  async #recover(command: TaskCommand, error: LeanVibeError): Promise<boolean> {
    const conflict = conflictOf(command, error);
    if (conflict === null) {
      this.#refuse(error);
      return false;
    }
    const { changes, current, fields } = conflict;
    // Others have changed other members: both changes stand.
    if (fields.length === 0) return this.run({ kind: 'update', before: current, changes });
    this.#deps.hub.conflict.set(conflict);
    return false;
  }

  readonly #titleOf = (taskId: string): string | undefined => {
    const columns = serverBoard(this.#deps.hub, this.#deps.queryClient)?.columns ?? [];
    return columns.flatMap(({ tasks }) => tasks).find(({ id }) => id === taskId)?.title;
  };

  #refuse(error: LeanVibeError, lead = ''): void {
    this.#deps.toasts.show({ text: lead + refusalText(error, this.#titleOf), tone: 'danger' });
  }
}

/** How an edit and the task as others have changed it meanwhile collide, in no member perhaps; null when it was refused for another reason. */
function conflictOf(command: TaskCommand, error: LeanVibeError): EditConflict | null {
  const current = error.code === 'version-conflict' ? (error.problem?.current as Task | undefined) : undefined;
  if (command.kind !== 'update' || current === undefined) return null;
  const { before, changes } = command;
  return { before, changes, current, fields: conflictsOf(before, changes, current) };
}
