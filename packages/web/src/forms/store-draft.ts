import { LeanVibeError } from '@leanvibe/client/leanvibe-error';
import { collisionsOf, leavesOf, rebased, updateOf } from './document-draft.ts';

/** Changes to a document, with what they were made to: what is read anew meanwhile must not pass for it. */
export type DraftEdit<Document> = { base: Document; draft: Document };

/** A value that was changed here and elsewhere. */
export type DraftCollision = { path: string; mine: unknown; theirs: unknown };

/** Stores a partial update to one version of a document. */
export type WriteDocument<Document> = (
  changes: Record<string, unknown>,
  options: { ifMatch: number },
) => Promise<Document>;

/** What became of it: the document as it is stored, or the edit on top of what others made of it and where the two collide. */
export type StoreOutcome<Document> =
  | { kind: 'stored'; document: Document }
  | { kind: 'collided'; edit: DraftEdit<Document>; collisions: DraftCollision[] };

/** Stores the changes. Where others have changed other members meanwhile, both changes stand. Throws every other refusal. */
export async function storeDraft<Document extends { version: number }>(
  { base, draft }: DraftEdit<Document>,
  write: WriteDocument<Document>,
): Promise<StoreOutcome<Document>> {
  try {
    return { kind: 'stored', document: await write(updateOf(base, draft), { ifMatch: base.version }) };
  } catch (error) {
    if (!(error instanceof LeanVibeError) || error.code !== 'version-conflict') throw error;
    const current = error.problem?.['current'] as Document | undefined;
    if (current === undefined) throw error;
    const edit = { base: current, draft: rebased(base, draft, current) };
    const [mine, theirs] = [leavesOf(draft), leavesOf(current)];
    const paths = collisionsOf(base, draft, current);
    if (paths.length === 0) return storeDraft(edit, write);
    return {
      kind: 'collided',
      edit,
      collisions: paths.map((path) => ({ path, mine: mine[path], theirs: theirs[path] })),
    };
  }
}
