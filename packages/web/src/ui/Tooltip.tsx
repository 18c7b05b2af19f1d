import { useEffect, useId, useRef, useState, type ReactNode } from 'react';
import { Kbd } from './Kbd.tsx';
import { placeBeside } from './place-beside.ts';
import styles from './Tooltip.module.css';

type Props = { text: string; shortcut?: string | undefined; children: ReactNode };

const delayMs = 400;

/** Shows a word about what the pointer rests on or the keyboard has reached. It repeats the name, so screen readers need not hear it. */
export function Tooltip({ text, shortcut, children }: Props) {
  const [isWanted, setWanted] = useState(false);
  const [isShown, setShown] = useState(false);
  const anchor = useRef<HTMLSpanElement>(null);
  const id = useId();
  useEffect(() => {
    if (!isWanted) return setShown(false);
    const timer = setTimeout(() => setShown(true), delayMs);
    return () => clearTimeout(timer);
  }, [isWanted]);
  return (
    <span
      ref={anchor}
      className={styles.anchor}
      onPointerEnter={({ pointerType }) => setWanted(pointerType === 'mouse')}
      onPointerLeave={() => setWanted(false)}
      onPointerDown={() => setWanted(false)}
      onFocus={({ target }) => setWanted(target.matches(':focus-visible'))}
      onBlur={() => setWanted(false)}
      onKeyDown={({ key }) => key === 'Escape' && setWanted(false)}
    >
      {children}
      {isShown && <TooltipBubble key={id} anchor={anchor.current} text={text} shortcut={shortcut} />}
    </span>
  );
}

function TooltipBubble({ anchor, text, shortcut }: Omit<Props, 'children'> & { anchor: HTMLElement | null }) {
  const bubble = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    const target = anchor?.firstElementChild;
    if (bubble.current === null || !target) return;
    bubble.current.showPopover();
    placeBeside(bubble.current, target, { align: 'center', gap: 6 });
  }, [anchor]);
  return (
    <span ref={bubble} popover="manual" aria-hidden="true" className={styles.bubble}>
      {text}
      {shortcut && <Kbd keys={shortcut} />}
    </span>
  );
}
