import type { Board } from '@leanvibe/protocol/board';
import { FileUp, Plug, Sparkles, X } from 'lucide-react';
import { useMemo, useState } from 'react';
import { TaskImportForm } from '../../forms/TaskImportForm.tsx';
import { useHub } from '../../hub/hub-context.tsx';
import { Button } from '../../ui/Button.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { ConnectGuide } from './ConnectGuide.tsx';
import { firstRunStage } from './example-tasks.ts';
import styles from './FirstRun.module.css';
import { dismissFirstRun, isFirstRunDismissed } from './first-run-memory.ts';
import { useExamples } from './use-examples.ts';

/** What stands above an empty board: the first steps, to be done at once. Nothing once somebody has tasks of their own. */
export function FirstRun({ board }: { board: Board }) {
  const { workspace } = useHub();
  const stage = useMemo(() => firstRunStage(board), [board]);
  const examples = useExamples(stage);
  const [dismissedIn, setDismissedIn] = useState(() => (isFirstRunDismissed(workspace) ? workspace : null));
  const isDismissed = dismissedIn === workspace || isFirstRunDismissed(workspace);
  const dismiss = (): void => {
    dismissFirstRun(workspace);
    setDismissedIn(workspace);
    examples.remove();
    document.getElementById('page')?.focus();
  };
  if (stage.kind === 'examples') return <ExamplesBar isBusy={examples.isBusy} onRemove={dismiss} />;
  if (stage.kind !== 'empty' || isDismissed) return null;
  return (
    <section className={styles.panel} aria-labelledby="first-run-title">
      <header className={styles.header}>
        <h2 id="first-run-title" className={styles.title}>
          Nothing on this board yet
        </h2>
        <IconButton label="Do not show this again" icon={<X size={16} />} onClick={dismiss} />
      </header>
      <div className={styles.steps}>
        <article className={styles.step}>
          <h3 className={styles.name}>
            <Sparkles size={16} aria-hidden="true" /> Learn it by doing
          </h3>
          <p className={styles.words}>
            Three example tasks show how to move, change and approve. They delete themselves when you create your first
            own task.
          </p>
          <div>
            <Button variant="primary" disabled={examples.isBusy} onClick={examples.add}>
              Add three examples
            </Button>
          </div>
        </article>
        <article className={styles.step}>
          <h3 className={styles.name}>
            <FileUp size={16} aria-hidden="true" /> Bring your tasks along
          </h3>
          <TaskImportForm />
        </article>
        <article className={styles.step}>
          <h3 className={styles.name}>
            <Plug size={16} aria-hidden="true" /> Connect something
          </h3>
          <ConnectGuide />
        </article>
      </div>
    </section>
  );
}

const ExamplesBar = ({ isBusy, onRemove }: { isBusy: boolean; onRemove: () => void }) => (
  <section className={styles.bar} aria-label="Example tasks">
    <p>These tasks are examples. They delete themselves when you create your first own task.</p>
    <Button disabled={isBusy} onClick={onRemove}>
      Remove them now
    </Button>
  </section>
);
