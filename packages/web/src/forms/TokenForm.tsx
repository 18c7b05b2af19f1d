import { LeanVibeError } from '@leanvibe/client/leanvibe-error';
import type { TokenCreated, TokenRole } from '@leanvibe/protocol/token';
import { useId, useState, type FormEvent } from 'react';
import { useHub } from '../hub/hub-context.tsx';
import { nowMs } from '../hub/now.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { Select } from '../ui/Select.tsx';
import { TextField } from '../ui/TextField.tsx';
import styles from './TokenForm.module.css';
import { newToken, type TokenDraft, type TokenLife, type TokenScope } from './new-token.ts';

type Props = { onMade: (token: TokenCreated) => void; onClose: () => void };

const roles: readonly { value: TokenRole; label: string }[] = [
  { value: 'agent', label: 'Agent: works, but cannot approve' },
  { value: 'human', label: 'Human: may approve' },
  { value: 'device', label: 'Device: may approve' },
  { value: 'read-only', label: 'Read only' },
];

const lives: readonly { value: TokenLife; label: string }[] = [
  { value: '7', label: 'After a week' },
  { value: '30', label: 'After 30 days' },
  { value: '90', label: 'After 90 days' },
  { value: '365', label: 'After a year' },
  { value: 'never', label: 'Never' },
];

/** Makes a token: who holds it, where it lets in, and for how long. */
export function TokenForm({ onMade, onClose }: Props) {
  const { client, workspace } = useHub();
  const [draft, setDraft] = useState<TokenDraft>({
    name: '',
    role: 'agent',
    scope: 'here',
    workspaces: '',
    life: '90',
  });
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const token = newToken(draft, workspace, nowMs());
  const make = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (token === null) return;
    setBusy(true);
    try {
      onMade(await client.tokens.create(token));
    } catch (error) {
      if (!(error instanceof LeanVibeError)) throw error;
      setProblem(error.detail);
      setBusy(false);
    }
  };
  const formId = useId();
  return (
    <Dialog
      title="New token"
      onClose={onClose}
      actions={
        <Button type="submit" form={formId} variant="primary" disabled={token === null || isBusy}>
          Make the token
        </Button>
      }
    >
      <form id={formId} className={styles.form} onSubmit={(event) => void make(event)}>
        <TokenFields draft={draft} workspace={workspace} onChange={(change) => setDraft({ ...draft, ...change })} />
        {problem !== null && (
          <p role="alert" className={styles.problem}>
            {problem}
          </p>
        )}
      </form>
    </Dialog>
  );
}

type FieldsProps = { draft: TokenDraft; workspace: string; onChange: (change: Partial<TokenDraft>) => void };

const TokenFields = ({ draft, workspace, onChange }: FieldsProps) => (
  <>
    <TextField
      label="Name"
      hint="Who or what it is for; events name it as their actor."
      maxLength={100}
      autoFocus
      value={draft.name}
      onChange={({ target }) => onChange({ name: target.value })}
    />
    <Select label="Held by" value={draft.role} options={roles} onValueChange={(role) => onChange({ role })} />
    <Select<TokenScope>
      label="Lets into"
      value={draft.scope}
      options={[
        { value: 'here', label: `The workspace “${workspace}”` },
        { value: 'several', label: 'Several workspaces…' },
        { value: 'admin', label: 'Everything, as an admin' },
      ]}
      onValueChange={(scope) => onChange({ scope })}
    />
    {draft.scope === 'several' && (
      <TextField
        label="Workspaces"
        hint="Names with commas between them."
        value={draft.workspaces}
        onChange={({ target }) => onChange({ workspaces: target.value })}
      />
    )}
    <Select label="Expires" value={draft.life} options={lives} onValueChange={(life) => onChange({ life })} />
  </>
);
