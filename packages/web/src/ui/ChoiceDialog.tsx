import { useEffect, useId, useMemo, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import styles from './ChoiceDialog.module.css';
import { rankChoices } from './rank-choices.ts';
import { Kbd } from './Kbd.tsx';

/** Something to choose. `keywords` find it too, and are not shown. */
export type Choice = {
  id: string;
  label: string;
  section?: string | undefined;
  hint?: string | undefined;
  keywords?: string | undefined;
  shortcut?: string | undefined;
  icon?: ReactNode;
  onChoose: () => void;
};

type Props = { title: string; placeholder: string; choices: readonly Choice[]; onClose: () => void };

const shownChoices = 50;

/** A dialog in which one types a few letters and presses Enter. */
export function ChoiceDialog({ title, placeholder, choices, onClose }: Props) {
  const [words, setWords] = useState('');
  const [active, setActive] = useState(0);
  const dialog = useModal();
  const listId = useId();
  const shown = useMemo(() => rankChoices(choices, words).slice(0, shownChoices), [choices, words]);
  const choose = (choice: Choice | undefined): void => {
    if (choice === undefined) return;
    onClose();
    // After the dialog is gone and the focus is back, so that what is chosen can take it on.
    setTimeout(choice.onChoose);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const steps: Partial<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1 };
    const step = steps[event.key];
    if (step !== undefined && shown.length > 0) {
      event.preventDefault();
      setActive((active + step + shown.length) % shown.length);
    } else if (event.key === 'Enter' && !event.nativeEvent.isComposing) {
      event.preventDefault();
      choose(shown[active]);
    }
  };
  const activeChoice = shown[active];
  return (
    <dialog
      ref={dialog}
      className={styles.dialog}
      aria-label={title}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onPointerDown={(event) => event.target === dialog.current && onClose()}
    >
      <div className={styles.content}>
        <input
          className={styles.input}
          role="combobox"
          aria-expanded="true"
          aria-controls={listId}
          aria-activedescendant={activeChoice && `${listId}-${activeChoice.id}`}
          aria-autocomplete="list"
          aria-label={title}
          autoFocus
          autoComplete="off"
          placeholder={placeholder}
          value={words}
          onChange={({ target }) => {
            setWords(target.value);
            setActive(0);
          }}
          onKeyDown={onKeyDown}
        />
        <ul id={listId} role="listbox" aria-label={title} className={styles.list}>
          {shown.map((choice, index) => (
            <ChoiceOption
              key={choice.id}
              id={`${listId}-${choice.id}`}
              choice={choice}
              isActive={index === active}
              onActive={() => setActive(index)}
              onChoose={() => choose(choice)}
            />
          ))}
        </ul>
        {shown.length === 0 && <p className={styles.nothing}>Nothing is called that</p>}
      </div>
    </dialog>
  );
}

type OptionProps = { id: string; choice: Choice; isActive: boolean; onActive: () => void; onChoose: () => void };

function ChoiceOption({ id, choice, isActive, onActive, onChoose }: OptionProps) {
  const option = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (isActive) option.current?.scrollIntoView({ block: 'nearest' });
  }, [isActive]);
  const { label, icon, hint, section, shortcut } = choice;
  return (
    <li
      ref={option}
      id={id}
      role="option"
      aria-selected={isActive}
      className={styles.option}
      onPointerMove={onActive}
      onClick={onChoose}
    >
      {icon}
      <span className={styles.label}>{label}</span>
      <span className={styles.hint}>{hint ?? section}</span>
      {shortcut !== undefined && <Kbd keys={shortcut} />}
    </li>
  );
}

/** Shows a dialog as a modal one while it is rendered, and gives the focus back to where it was. */
function useModal(): React.RefObject<HTMLDialogElement | null> {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const before = document.activeElement;
    const element = dialog.current;
    element?.showModal();
    return () => {
      element?.close();
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  return dialog;
}
