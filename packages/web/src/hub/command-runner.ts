import { LeanVibeError } from '@leanvibe/client/leanvibe-error';
import type { Task } from '@leanvibe/protocol/task';
import type { QueryClient } from '@tanstack/react-query';
import type { ToastActions } from '../ui/Toasts.tsx';
import { doneText } from './command-text.ts';
import { conflictsOf } from './edit-conflict.ts';
import type { Hub } from './hub.ts';
import type { RefusedStep } from './perform-command.ts';
import { refusalText } from './refusal-text.ts';
import { runCommand, type CommandResult } from './run-command.ts';
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
  async run(command: TaskCommand): Promise<boolean> {
    try {
      const result = await runCommand(command, this.#deps.hub, this.#deps.queryClient);
      this.#tell(doneText(command, result.done.length), result);
      return result.refused.length === 0;
    } catch (error) {
      if (!(error instanceof LeanVibeError)) throw error;
      return this.#recover(command, error);
    }
  }

  /** Takes back an entry of the history, by default the newest. */
  async undo(wanted?: UndoEntry): Promise<boolean> {
    const entry = this.#deps.hub.undo.take(wanted);
    if (entry === null) {
      this.#deps.announce('There is nothing to undo.');
      return false;
    }
    try {
      const { refused } = await runCommand(entry.inverse, this.#deps.hub, this.#deps.queryClient);
      this.#say(`Undone: ${entry.done}`);
      this.#tellRefused(refused);
      return refused.length === 0;
    } catch (error) {
      if (!(error instanceof LeanVibeError)) throw error;
      this.#refuse(error, 'It cannot be undone. ');
      return false;
    }
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
    const current = error.code === 'version-conflict' ? (error.problem?.current as Task | undefined) : undefined;
    if (command.kind !== 'update' || current === undefined) {
      this.#refuse(error);
      return false;
    }
    const { before, changes } = command;
    const fields = conflictsOf(before, changes, current);
    // Others have changed other members: both changes stand.
    if (fields.length === 0) return this.run({ kind: 'update', before: current, changes });
    this.#deps.hub.conflict.set({ before, changes, current, fields });
    return false;
  }

  #refuse(error: LeanVibeError, lead = ''): void {
    this.#deps.toasts.show({ text: lead + refusalText(error), tone: 'danger' });
  }
}
