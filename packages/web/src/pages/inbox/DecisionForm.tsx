import { useState, type FormEvent, type KeyboardEvent } from 'react';
import { Button } from '../../ui/Button.tsx';
import { TextArea } from '../../ui/TextArea.tsx';
import styles from './InboxEntry.module.css';
import type { Decision } from './use-decision.ts';

type Props = { isBusy: boolean; onDecide: (decision: Decision, remark: string) => void; onClose: () => void };

// As much as the server keeps.
const longestRemark = 4096;

/** Asks for the words that go with a decision: a rejection needs a reason, an approval may have a comment. */
export function DecisionForm({ isBusy, onDecide, onClose }: Props) {
  const [remark, setRemark] = useState('');
  const isEmpty = remark.trim() === '';
  const submit = (event?: FormEvent): void => {
    event?.preventDefault();
    if (!isEmpty && !isBusy) onDecide('reject', remark.trim());
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') {
      event.preventDefault();
      onClose();
    }
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      submit();
    }
  };
  return (
    <form className={styles.form} onSubmit={submit} onKeyDown={onKeyDown}>
      <TextArea
        label="Reason or comment"
        hint="A rejection says why; whoever asked reads it. Ctrl or ⌘ with Enter rejects, Esc goes back."
        value={remark}
        maxLength={longestRemark}
        autoFocus
        onChange={({ target }) => setRemark(target.value)}
      />
      <div className={styles.actions}>
        <Button type="submit" variant="danger" disabled={isEmpty || isBusy}>
          Reject
        </Button>
        <Button disabled={isBusy} onClick={() => onDecide('approve', remark.trim())}>
          {isEmpty ? 'Approve' : 'Approve with this comment'}
        </Button>
        <Button variant="quiet" onClick={onClose}>
          Cancel
        </Button>
      </div>
    </form>
  );
}
