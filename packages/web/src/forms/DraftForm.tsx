import { Fragment, useState, type FormEvent, type ReactNode } from 'react';
import { ErrorState } from '../ui/ErrorState.tsx';
import { Skeleton } from '../ui/Skeleton.tsx';
import { DraftFooter } from './DraftFooter.tsx';
import styles from './DraftForm.module.css';
import type { DocumentDraft } from './use-document-draft.ts';

/** What the fields of a form say back: another value, or that there is none yet that could be stored. */
export type FieldActions = {
  set: (path: string, value: unknown) => void;
  noteWrong: (path: string, isWrong: boolean) => void;
};

type Props<Document> = {
  draft: DocumentDraft<Document>;
  /** What it is about, such as “The rules”. */
  noun: string;
  label: (path: string) => string;
  children: (document: Document, actions: FieldActions) => ReactNode;
};

/** A form over a document of the server: reading it, changing it, storing it. */
export function DraftForm<Document>({ draft, noun, label, children }: Props<Document>) {
  const [wrong, setWrong] = useState<ReadonlySet<string>>(new Set());
  if (draft.draft === undefined) {
    if (draft.failure === null) return <Skeleton label={`${noun} are being read`} />;
    return <ErrorState title={`${noun} cannot be read`} detail={draft.failure.message} onRetry={draft.retry} />;
  }
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void draft.save();
  };
  const noteWrong = (path: string, isWrong: boolean): void =>
    setWrong((before) => new Set(isWrong ? [...before, path] : [...before].filter((other) => other !== path)));
  const reset = (): void => {
    setWrong(new Set());
    draft.reset();
  };
  return (
    <form className={styles.form} onSubmit={submit}>
      <Fragment key={draft.discards}>{children(draft.draft, { set: draft.set, noteWrong })}</Fragment>
      <DraftFooter draft={{ ...draft, reset }} wrongCount={wrong.size} label={label} />
    </form>
  );
}
