import type { Task } from '@leanvibe/protocol/task';
import { Pencil } from 'lucide-react';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { Button } from '../../ui/Button.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { TextArea } from '../../ui/TextArea.tsx';
import styles from './TaskDrawer.module.css';
import { useDraft } from './use-draft.ts';

const Markdown = lazy(async () => ({ default: (await import('../Markdown.tsx')).Markdown }));

/** The description: read as it is meant, or written as Markdown. */
export function DescriptionSection({ task }: { task: Task }) {
  const [mode, setMode] = useState<'read' | 'write' | 'preview'>('read');
  const button = useRef<HTMLButtonElement>(null);
  const draft = useDraft({
    task,
    read: ({ description }) => description ?? '',
    write: (text) => ({ description: text.trim() === '' ? null : text }),
  });
  const done = (): void => {
    draft.onBlur();
    setMode('read');
  };
  useEffect(() => {
    if (mode === 'read' && document.activeElement === document.body) button.current?.focus();
  }, [mode]);
  return (
    <section className={styles.section} aria-label="Description">
      <div className={styles.sectionHead}>
        <h3>Description</h3>
        {mode === 'read' ? (
          <Button ref={button} variant="quiet" icon={<Pencil size={14} />} onClick={() => setMode('write')}>
            Edit
          </Button>
        ) : (
          <div className={styles.row}>
            <Button variant="quiet" onClick={() => setMode(mode === 'write' ? 'preview' : 'write')}>
              {mode === 'write' ? 'Preview' : 'Write'}
            </Button>
            <Button onClick={() => (draft.reset(), setMode('read'))}>Discard</Button>
            <Button variant="primary" onClick={done}>
              Save
            </Button>
          </div>
        )}
      </div>
      {mode === 'write' ? (
        <TextArea
          label="Description in Markdown"
          isLabelHidden
          autoFocus
          rows={6}
          maxLength={65_536}
          placeholder="Markdown: **bold**, lists, `code`, links"
          value={draft.value}
          onFocus={draft.onFocus}
          onChange={draft.onChange}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) {
              event.preventDefault();
              done();
            } else if (event.key === 'Escape') {
              event.preventDefault();
              done();
            }
          }}
        />
      ) : (
        <DescriptionText text={draft.value} />
      )}
    </section>
  );
}

const DescriptionText = ({ text }: { text: string }) =>
  text === '' ? (
    <p className={styles.quiet}>No description</p>
  ) : (
    <Suspense fallback={<Skeleton label="Loading the description" rows={1} />}>
      <Markdown text={text} />
    </Suspense>
  );
