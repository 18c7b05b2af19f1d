import { statuses, statusTitles } from '../hub/task-values.ts';
import { Button } from '../ui/Button.tsx';
import { Skeleton } from '../ui/Skeleton.tsx';
import styles from './TaskImportForm.module.css';
import type { ImportIssue, ImportState } from './use-task-import.ts';

type Props = { state: ImportState; onBring: () => void; onCancel: () => void };

/** What would come of an import, or everything that is wrong with the file. */
export function ImportPreview({ state, onBring, onCancel }: Props) {
  switch (state.kind) {
    case 'none':
      return null;
    case 'busy':
      return <Skeleton label={state.what} rows={1} />;
    case 'refused':
      return <Refusal state={state} onCancel={onCancel} />;
    case 'ready':
      return <Plan state={state} onBring={onBring} onCancel={onCancel} />;
  }
}

const counted = (count: number): string => `${count} ${count === 1 ? 'task' : 'tasks'}`;

type PlanProps = { state: Extract<ImportState, { kind: 'ready' }>; onBring: () => void; onCancel: () => void };

const Plan = ({ state: { name, result, known }, onBring, onCancel }: PlanProps) => (
  <section className={styles.preview} aria-label={`Preview of ${name}`}>
    <h3>
      {name}: {result.imported === 0 ? 'nothing new' : counted(result.imported)}
    </h3>
    <dl className={styles.columns}>
      {statuses.map((status) => (
        <div key={status} className={styles.column}>
          <dt>{statusTitles[status]}</dt>
          <dd>{result.by_status?.[status] ?? 0}</dd>
        </div>
      ))}
    </dl>
    {result.skipped > 0 && (
      <div>
        <p>
          {counted(result.skipped)} of the file {result.skipped === 1 ? 'is' : 'are'} on the board already and will stay
          as {result.skipped === 1 ? 'it is' : 'they are'}:
        </p>
        <Names names={known} />
      </div>
    )}
    <div className={styles.actions}>
      <Button variant="primary" disabled={result.imported === 0} onClick={onBring}>
        Import {counted(result.imported)}
      </Button>
      <Button variant="quiet" onClick={onCancel}>
        Cancel
      </Button>
    </div>
  </section>
);

type RefusalProps = { state: Extract<ImportState, { kind: 'refused' }>; onCancel: () => void };

const Refusal = ({ state: { name, detail, issues }, onCancel }: RefusalProps) => (
  <div className={styles.preview} role="alert">
    <h3 className={styles.failed}>{name} cannot be imported</h3>
    {issues.length === 0 && <p>{detail}</p>}
    {issues.length > 0 && <Issues issues={issues} />}
    <div className={styles.actions}>
      <Button onClick={onCancel}>Close</Button>
    </div>
  </div>
);

const Issues = ({ issues }: { issues: readonly ImportIssue[] }) => (
  <>
    <p>
      Nothing was imported. {issues.length === 1 ? 'One thing is' : `${issues.length} things are`} wrong with the file:
    </p>
    <ul className={styles.issues}>
      {issues.map(({ path, message }) => (
        <li key={`${path} ${message}`}>
          <code>{path || 'The file'}</code> {message}
        </li>
      ))}
    </ul>
  </>
);

const mostNames = 8;

const Names = ({ names }: { names: readonly string[] }) => (
  <ul className={styles.issues}>
    {names.slice(0, mostNames).map((name, index) => (
      <li key={index}>{name}</li>
    ))}
    {names.length > mostNames && <li>and {names.length - mostNames} more</li>}
  </ul>
);
