import { FileUp } from 'lucide-react';
import { useRef, useState, type DragEvent } from 'react';
import { Button } from '../ui/Button.tsx';
import { classNames } from '../ui/class-names.ts';
import { ImportPreview } from './ImportPreview.tsx';
import styles from './TaskImportForm.module.css';
import { useTaskImport } from './use-task-import.ts';

/** Brings the tasks of a file onto the board, after showing what would come of it. */
export function TaskImportForm() {
  const input = useRef<HTMLInputElement>(null);
  const [isOver, setOver] = useState(false);
  const { state, look, bring, cancel } = useTaskImport();
  const onDrop = (event: DragEvent): void => {
    event.preventDefault();
    setOver(false);
    const file = event.dataTransfer.files[0];
    if (file !== undefined) void look(file);
  };
  return (
    <div className={styles.import}>
      <div
        className={classNames(styles.drop, isOver && styles.over)}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={onDrop}
      >
        <input
          ref={input}
          type="file"
          accept=".json,application/json"
          aria-label="File to import"
          tabIndex={-1}
          className="visually-hidden"
          onChange={({ target }) => {
            const file = target.files?.[0];
            // The same file can be chosen again after it was mended.
            target.value = '';
            if (file !== undefined) void look(file);
          }}
        />
        <Button icon={<FileUp size={14} />} disabled={state.kind === 'busy'} onClick={() => input.current?.click()}>
          Import a file…
        </Button>
        <p className={styles.hint}>
          Or drop it here. An export, or the <code>tasks.json</code> of an earlier LeanVibe, which kept it in{' '}
          <code>.leanvibe_cache</code>.
        </p>
      </div>
      <ImportPreview state={state} onBring={() => void bring()} onCancel={cancel} />
    </div>
  );
}
