import { ChevronsUpDown, Plus } from 'lucide-react';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { useHub } from '../hub/hub-context.tsx';
import { isWorkspaceName } from '../hub/workspace.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { Menu } from '../ui/Menu.tsx';
import { TextField } from '../ui/TextField.tsx';
import { recentWorkspaces } from './recent-workspaces.ts';
import styles from './WorkspaceMenu.module.css';

/** Says which workspace is open, and opens another one. */
export function WorkspaceMenu() {
  const { workspace } = useHub();
  const [, navigate] = useLocation();
  const [isNaming, setNaming] = useState(false);
  const open = (name: string): void => navigate(`/?${new URLSearchParams({ workspace: name }).toString()}`);
  const names = recentWorkspaces(workspace);
  const sections = [
    {
      id: 'recent',
      title: 'Workspaces',
      items: names.map((name) => ({
        id: name,
        label: name,
        isChecked: name === workspace,
        onSelect: () => open(name),
      })),
    },
    {
      id: 'other',
      items: [{ id: 'open', label: 'Open another…', icon: <Plus size={14} />, onSelect: () => setNaming(true) }],
    },
  ];
  return (
    <>
      <Menu label="Workspaces" sections={sections}>
        {(trigger) => (
          <button type="button" {...trigger} className={styles.trigger} title={`Workspace: ${workspace}`}>
            <span className={styles.mark} aria-hidden="true" />
            <span className={styles.name}>{workspace}</span>
            <ChevronsUpDown size={12} aria-hidden="true" />
          </button>
        )}
      </Menu>
      {isNaming && <OpenWorkspaceDialog onOpen={open} onClose={() => setNaming(false)} />}
    </>
  );
}

function OpenWorkspaceDialog({ onOpen, onClose }: { onOpen: (name: string) => void; onClose: () => void }) {
  const [name, setName] = useState('');
  const isWrong = name !== '' && !isWorkspaceName(name);
  const submit = (): void => {
    if (!isWorkspaceName(name)) return;
    onClose();
    onOpen(name);
  };
  return (
    <Dialog
      title="Open a workspace"
      onClose={onClose}
      actions={
        <Button variant="primary" disabled={!isWorkspaceName(name)} onClick={submit}>
          Open
        </Button>
      }
    >
      <TextField
        label="Name"
        value={name}
        autoFocus
        hint="A board of its own. It comes into being with its first task."
        error={isWrong ? 'Letters, digits and ._:- only, beginning with a letter or digit.' : undefined}
        onChange={({ target }) => setName(target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return;
          // Or the button that gets the focus back would be pressed by the same key.
          event.preventDefault();
          submit();
        }}
      />
    </Dialog>
  );
}
