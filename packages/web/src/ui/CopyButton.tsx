import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useAnnounce } from './Announcer.tsx';
import { copyText } from './copy-text.ts';
import { IconButton } from './IconButton.tsx';

const shownMs = 2000;

/** Copies a text, and says whether it worked. `label` names what is copied. */
export function CopyButton({ text, label }: { text: string; label: string }) {
  const [isCopied, setCopied] = useState(false);
  const announce = useAnnounce();
  useEffect(() => {
    if (!isCopied) return;
    const timer = setTimeout(() => setCopied(false), shownMs);
    return () => clearTimeout(timer);
  }, [isCopied]);
  const copy = async (): Promise<void> => {
    const isDone = await copyText(text);
    setCopied(isDone);
    announce(isDone ? 'Copied.' : 'The browser does not let the app copy. Select the text instead.');
  };
  return (
    <IconButton
      label={isCopied ? 'Copied' : `Copy ${label}`}
      icon={isCopied ? <Check size={14} /> : <Copy size={14} />}
      onClick={() => void copy()}
    />
  );
}
