import type { TaskUpdate } from '@leanvibe/protocol/task';
import { useState, useSyncExternalStore } from 'react';
import { fieldTitle } from '../hub/command-text.ts';
import { resolvedChanges, type EditConflict, type FieldConflict } from '../hub/edit-conflict.ts';
import { useHub } from '../hub/hub-context.tsx';
import { useTaskActions } from '../hub/task-actions.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { valueText } from './value-text.ts';
import styles from './ConflictDialog.module.css';

/** Shows an edit that met another one, member by member, as long as there is one. */
export function ConflictDialog() {
  const { conflict } = useHub();
  const met = useSyncExternalStore(conflict.subscribe, conflict.get);
  if (met === null) return null;
  return <ConflictForm key={met.current.version} conflict={met} onClose={() => conflict.set(null)} />;
}

type Field = keyof TaskUpdate;

function ConflictForm({ conflict, onClose }: { conflict: EditConflict; onClose: () => void }) {
  const { current, changes, fields } = conflict;
  const { update } = useTaskActions();
  const [mine, setMine] = useState<ReadonlySet<Field>>(new Set());
  const choose = (field: Field, isMine: boolean): void =>
    setMine((before) => new Set([...before, field].filter((other) => other !== field || isMine)));
  const save = (): void => {
    onClose();
    const wanted = resolvedChanges(changes, fields, mine);
    if (Object.keys(wanted).length > 0) void update(current, wanted);
  };
  return (
    <Dialog
      title="Somebody else has changed this task"
      width="wide"
      onClose={onClose}
      actions={
        <>
          <Button onClick={() => setMine(new Set())}>All theirs</Button>
          <Button onClick={() => setMine(new Set(fields.map(({ field }) => field)))}>All mine</Button>
          <Button variant="primary" onClick={save}>
            Save what is chosen
          </Button>
        </>
      }
    >
      <p className={styles.lead}>
        While you were editing “{current.title}”, it got version {current.version}. Choose what is to stand. Closing
        keeps theirs.
      </p>
      {fields.map((field) => (
        <FieldChoice key={field.field} conflict={field} isMine={mine.has(field.field)} onChoose={choose} />
      ))}
    </Dialog>
  );
}

type ChoiceProps = { conflict: FieldConflict; isMine: boolean; onChoose: (field: Field, isMine: boolean) => void };

const FieldChoice = ({ conflict: { field, mine, theirs, before }, isMine, onChoose }: ChoiceProps) => (
  <fieldset className={styles.field}>
    <legend className={styles.legend}>{fieldTitle(field)}</legend>
    <ValueChoice
      name={field}
      label="Theirs"
      value={theirs}
      isChosen={!isMine}
      onChoose={() => onChoose(field, false)}
    />
    <ValueChoice name={field} label="Mine" value={mine} isChosen={isMine} onChoose={() => onChoose(field, true)} />
    <p className={styles.before}>Before: {valueText(field, before)}</p>
  </fieldset>
);

type ValueProps = { name: string; label: string; value: unknown; isChosen: boolean; onChoose: () => void };

const ValueChoice = ({ name, label, value, isChosen, onChoose }: ValueProps) => (
  <label className={styles.value} data-chosen={isChosen}>
    <input type="radio" name={`conflict-${name}`} checked={isChosen} onChange={onChoose} />
    <span className={styles.who}>{label}</span>
    <span className={styles.text}>{valueText(name, value)}</span>
  </label>
);
