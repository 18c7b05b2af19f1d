import { Button } from '../ui/Button.tsx';
import styles from './DraftFooter.module.css';
import type { DraftCollision } from './store-draft.ts';
import type { DocumentDraft } from './use-document-draft.ts';

type Draft = Pick<DocumentDraft<unknown>, 'isChanged' | 'isSaving' | 'collisions' | 'reset' | 'settle'>;

type Props = { draft: Draft; wrongCount: number; label: (path: string) => string };

/** The foot of a form over a document with a version: storing it, leaving it, and choosing where others changed the same. */
export const DraftFooter = ({ draft, wrongCount, label }: Props) => (
  <div className={styles.footer}>
    {draft.collisions.length > 0 && (
      <div className={styles.conflict} role="alert">
        <p>Somebody else has changed this meanwhile. What shall stand?</p>
        <ul className={styles.collisions}>
          {draft.collisions.map((collision) => (
            <Collision
              key={collision.path}
              collision={collision}
              title={label(collision.path)}
              onSettle={draft.settle}
            />
          ))}
        </ul>
      </div>
    )}
    <div className={styles.actions}>
      <Button
        type="submit"
        variant="primary"
        disabled={!draft.isChanged || draft.isSaving || wrongCount > 0 || draft.collisions.length > 0}
      >
        Save
      </Button>
      {(draft.isChanged || wrongCount > 0) && (
        <Button variant="quiet" disabled={draft.isSaving} onClick={draft.reset}>
          Discard the changes
        </Button>
      )}
    </div>
  </div>
);

const spelt = (value: unknown): string => {
  if (value === null || value === undefined) return 'none';
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.join(', ');
  return typeof value === 'string' ? value : JSON.stringify(value);
};

type CollisionProps = { collision: DraftCollision; title: string; onSettle: Draft['settle'] };

const Collision = ({ collision, title, onSettle }: CollisionProps) => (
  <li className={styles.collision}>
    <span className={styles.name}>{title}</span>
    <Button onClick={() => onSettle(collision, 'mine')}>Mine: {spelt(collision.mine)}</Button>
    <Button onClick={() => onSettle(collision, 'theirs')}>Theirs: {spelt(collision.theirs)}</Button>
  </li>
);
