import { LeanVibeError } from '@leanvibe/client/leanvibe-error';
import type { TaskImportResult } from '@leanvibe/protocol/task-transfer';
import { useState } from 'react';
import { useHub } from '../hub/hub-context.tsx';
import { useBoard } from '../hub/use-board.ts';
import { useToasts } from '../ui/Toasts.tsx';
import { mostImportBytes, readImportText, titlesOnBoard, type ImportFile } from './import-file.ts';

/** Something that is wrong with a file: where, and what. */
export type ImportIssue = { path: string; message: string };

/** How far an import is. `ready`: what would come of it, before anything is done. */
export type ImportState =
  | { kind: 'none' }
  | { kind: 'busy'; what: string }
  | { kind: 'refused'; name: string; detail: string; issues: readonly ImportIssue[] }
  | { kind: 'ready'; name: string; file: ImportFile; result: TaskImportResult; known: readonly string[] };

/** What can be done about an import. */
export type TaskImportActions = {
  state: ImportState;
  look: (file: File) => Promise<void>;
  bring: () => Promise<void>;
  cancel: () => void;
};

// Tasks that are on the board already stay as they are.
const onConflict = { on_conflict: 'skip' } as const;
// A large file takes longer than a call may take otherwise.
const timeoutMs = 300_000;

/** Tries the import of a file on the server, which names everything that is wrong with it, and then does it. */
export function useTaskImport(): TaskImportActions {
  const { client } = useHub();
  const board = useBoard();
  const toasts = useToasts();
  const [state, setState] = useState<ImportState>({ kind: 'none' });

  const refuse = (name: string, error: unknown): void => {
    if (!(error instanceof LeanVibeError)) throw error;
    const issues = (error.problem?.errors ?? []) as readonly ImportIssue[];
    setState({ kind: 'refused', name, detail: error.detail, issues });
  };
  const look = async (chosen: File): Promise<void> => {
    const { name, size } = chosen;
    if (size > mostImportBytes)
      return setState({ kind: 'refused', name, detail: 'The file is larger than 64 MiB.', issues: [] });
    setState({ kind: 'busy', what: `Reading ${name}` });
    const read = readImportText(await chosen.text());
    if ('problem' in read) return setState({ kind: 'refused', name, detail: read.problem, issues: [] });
    try {
      const result = await client.tasks.import(read.file, { ...onConflict, dry_run: 'true' }, { timeoutMs });
      setState({ kind: 'ready', name, file: read.file, result, known: titlesOnBoard(read.file, board) });
    } catch (error) {
      refuse(name, error);
    }
  };
  const bring = async (): Promise<void> => {
    if (state.kind !== 'ready') return;
    const { name, file } = state;
    setState({ kind: 'busy', what: `Importing ${name}` });
    try {
      const { imported } = await client.tasks.import(file, onConflict, { timeoutMs });
      setState({ kind: 'none' });
      toasts.show({ text: `Imported ${imported} ${imported === 1 ? 'task' : 'tasks'} from ${name}.`, tone: 'neutral' });
    } catch (error) {
      refuse(name, error);
    }
  };
  return { state, look, bring, cancel: () => setState({ kind: 'none' }) };
}
