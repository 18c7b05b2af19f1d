import { LeanVibeError } from '@leanvibe/client/leanvibe-error';
import { KeyRound } from 'lucide-react';
import { useState, type FormEvent } from 'react';
import { useHub } from '../hub/hub-context.tsx';
import { Button } from '../ui/Button.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { TextField } from '../ui/TextField.tsx';
import { pairingCodeIn } from './pairing-code.ts';
import styles from './SignInPage.module.css';

/** What a browser shows that the server does not know: where the link is that signs it in. */
export const SignInPage = () => (
  <main className={styles.page}>
    <h1 className="visually-hidden">LeanVibe</h1>
    <EmptyState icon={<KeyRound size={24} />} title="Sign this browser in">
      <p>
        This server asks who you are. Open the pairing link that it printed when it was started, or make a new one in a
        terminal on its machine:
      </p>
      <pre className={styles.command}>leanvibe pair</pre>
      <p>A link signs one browser in, once, within ten minutes. A phone can read its QR code.</p>
      <PairingForm />
    </EmptyState>
  </main>
);

function PairingForm() {
  const { client } = useHub();
  const [link, setLink] = useState('');
  const [problem, setProblem] = useState<string>();
  const [isSending, setSending] = useState(false);

  const redeem = async () => {
    const code = pairingCodeIn(link);
    if (code === null) return setProblem('This is no pairing link. It ends with “/pair?code=…”.');
    setSending(true);
    try {
      await client.pairing.redeem(code);
      location.reload();
    } catch (error) {
      if (!(error instanceof LeanVibeError)) throw error;
      setProblem(error.detail);
      setSending(false);
    }
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void redeem();
  };

  return (
    <form className={styles.form} onSubmit={submit}>
      <TextField
        label="Pairing link"
        placeholder="http://…/pair?code=…"
        value={link}
        error={problem}
        onChange={(event) => setLink(event.target.value)}
      />
      <Button type="submit" variant="primary" disabled={isSending}>
        Sign in
      </Button>
    </form>
  );
}
