import { LeanVibeError } from '@leanvibe/client/leanvibe-error';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useToasts } from '../ui/Toasts.tsx';
import { changedPaths, withValue } from './document-draft.ts';
import { storeDraft, type DraftCollision, type DraftEdit, type WriteDocument } from './store-draft.ts';

type Source<Document> = {
  queryKey: readonly unknown[];
  read: (options: { signal: AbortSignal }) => Promise<Document>;
  write: WriteDocument<Document>;
  /** What is said when it has been stored. */
  savedText: string;
};

/** A document of the server while somebody edits it; `draft` undefined: it has not been read. */
export type DocumentDraft<Document> = {
  draft: Document | undefined;
  failure: Error | null;
  retry: () => void;
  isChanged: boolean;
  isSaving: boolean;
  collisions: readonly DraftCollision[];
  set: (path: string, value: unknown) => void;
  /** How often the changes were discarded: fields with half a value in them begin anew with it. */
  discards: number;
  reset: () => void;
  /** Decides about a collision; the other ones stay. */
  settle: (collision: DraftCollision, choice: 'mine' | 'theirs') => void;
  save: () => Promise<void>;
};

/** Edits a document with a version. What others changed meanwhile is kept; where both changed the same, somebody has to choose. */
export function useDocumentDraft<Document extends { version: number }>(
  source: Source<Document>,
): DocumentDraft<Document> {
  const { queryKey, read } = source;
  const query = useQuery({ queryKey, queryFn: ({ signal }) => read({ signal }), staleTime: 0 });
  const base = query.data;
  const [edit, setEdit] = useState<DraftEdit<Document> | null>(null);
  const [collisions, setCollisions] = useState<readonly DraftCollision[]>([]);
  const [discards, setDiscards] = useState(0);
  const { isSaving, save } = useDraftStorage(source, setEdit, setCollisions);
  return {
    draft: edit?.draft ?? base,
    failure: query.error,
    retry: () => void query.refetch(),
    isChanged: edit !== null && changedPaths(edit.base, edit.draft).length > 0,
    isSaving,
    collisions,
    discards,
    set: (path, value) =>
      setEdit((before) => {
        const from = before ?? (base && { base, draft: base });
        return from ? { base: from.base, draft: withValue(from.draft, path, value) } : null;
      }),
    reset: () => {
      setEdit(null);
      setCollisions([]);
      setDiscards((count) => count + 1);
    },
    settle: (collision, choice) => {
      setCollisions((before) => before.filter((other) => other !== collision));
      if (choice === 'mine') return;
      setEdit((before) => before && { ...before, draft: withValue(before.draft, collision.path, collision.theirs) });
    },
    save: async () => {
      if (edit !== null) await save(edit);
    },
  };
}

function useDraftStorage<Document extends { version: number }>(
  { queryKey, write, savedText }: Source<Document>,
  setEdit: (edit: DraftEdit<Document> | null) => void,
  setCollisions: (collisions: readonly DraftCollision[]) => void,
): { isSaving: boolean; save: (edit: DraftEdit<Document>) => Promise<void> } {
  const queryClient = useQueryClient();
  const toasts = useToasts();
  const [isSaving, setSaving] = useState(false);
  const save = async (edit: DraftEdit<Document>): Promise<void> => {
    setSaving(true);
    try {
      const outcome = await storeDraft(edit, write);
      if (outcome.kind === 'collided') {
        queryClient.setQueryData(queryKey, outcome.edit.base);
        setEdit(outcome.edit);
        return setCollisions(outcome.collisions);
      }
      queryClient.setQueryData(queryKey, outcome.document);
      setEdit(null);
      toasts.show({ text: savedText, tone: 'neutral', slot: 'saved' });
    } catch (error) {
      if (!(error instanceof LeanVibeError)) throw error;
      toasts.show({ text: error.detail, tone: 'danger' });
    } finally {
      setSaving(false);
    }
  };
  return { isSaving, save };
}
