import type { TokenCreated } from '@leanvibe/protocol/token';
import { Button } from '../../ui/Button.tsx';
import { CodeBlock } from '../../ui/CodeBlock.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import styles from './TokenSettings.module.css';

/** Shows the secret of a new token, this once. */
export const NewTokenDialog = ({ token, onClose }: { token: TokenCreated; onClose: () => void }) => (
  <Dialog
    title={`The token “${token.name}”`}
    onClose={onClose}
    actions={
      <Button variant="primary" onClick={onClose}>
        I have kept it
      </Button>
    }
  >
    <div className={styles.secret}>
      <p>This is the only time that it is shown: the server keeps nothing but a hash of it.</p>
      <CodeBlock label="the token" text={token.token} />
      <p>The command line and programs take it from their environment:</p>
      <CodeBlock label="the command" text={`export LEANVIBE_TOKEN=${token.token}`} />
    </div>
  </Dialog>
);
