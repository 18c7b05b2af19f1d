import { LeanVibeError } from '@leanvibe/client/leanvibe-error';
import type { PairingLink } from '@leanvibe/protocol/token';
import { QrCode as QrIcon } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { elapsedText } from '../../components/elapsed-time.ts';
import { useHub } from '../../hub/hub-context.tsx';
import { isLoopback } from '../../hub/is-loopback.ts';
import { useNow } from '../../hub/now.ts';
import { Button } from '../../ui/Button.tsx';
import { CodeBlock } from '../../ui/CodeBlock.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { useToasts } from '../../ui/Toasts.tsx';
import styles from './PairingSettings.module.css';

// Next to nobody looks at a code, and the library that draws it is not small.
const QrCode = lazy(async () => ({ default: (await import('./QrCode.tsx')).QrCode }));

/** Makes a link that opens the app in another browser, signed in. */
export function PairingSettings() {
  const { client } = useHub();
  const toasts = useToasts();
  const [link, setLink] = useState<PairingLink | null>(null);
  const make = async (): Promise<void> => {
    try {
      setLink(await client.pairing.createLink());
    } catch (error) {
      if (!(error instanceof LeanVibeError)) throw error;
      toasts.show({ text: error.detail, tone: 'danger' });
    }
  };
  return (
    <>
      {isLoopback(location.hostname) && <OnlyHere />}
      <div>
        <Button icon={<QrIcon size={14} />} onClick={() => void make()}>
          {link === null ? 'Make a pairing link' : 'Make another link'}
        </Button>
      </div>
      {link !== null && <ShownLink link={link} />}
    </>
  );
}

const OnlyHere = () => (
  <div className={styles.note}>
    <p>
      This server listens to its own machine only, so a phone cannot reach it. To let it, start it like this and open
      the app at the address that it prints:
    </p>
    <CodeBlock label="the command" text="leanvibe serve --host 0.0.0.0" />
  </div>
);

function ShownLink({ link: { url, expires_at: expiresAt } }: { link: PairingLink }) {
  const leftMs = Date.parse(expiresAt) - useNow(5_000);
  if (leftMs <= 0) return <p>The link has expired.</p>;
  return (
    <div className={styles.link}>
      <Suspense fallback={<Skeleton label="Drawing the code" rows={2} />}>
        <QrCode text={url} label="Pairing link as a QR code" />
      </Suspense>
      <div className={styles.words}>
        <p>Point the camera of the phone at the code, or open this link in the other browser:</p>
        <CodeBlock label="the pairing link" text={url} />
        <p className={styles.left}>Can be used once, for another {elapsedText(leftMs)}.</p>
      </div>
    </div>
  );
}
