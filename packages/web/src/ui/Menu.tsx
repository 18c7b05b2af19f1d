import { useCallback, useRef, useState, type ReactNode } from 'react';
import { MenuPopover, type MenuSection } from './MenuPopover.tsx';

/** What a trigger has to put on its button. */
export type MenuTrigger = {
  ref: (button: HTMLButtonElement | null) => void;
  'aria-haspopup': 'menu';
  'aria-expanded': boolean;
  onClick: () => void;
};

type Props = {
  label: string;
  sections: readonly MenuSection[];
  align?: 'start' | 'end';
  children: (trigger: MenuTrigger) => ReactNode;
};

/** A button that opens a menu. */
export function Menu({ label, sections, align = 'start', children }: Props) {
  const [isOpen, setOpen] = useState(false);
  const anchor = useRef<HTMLButtonElement | null>(null);
  const close = useCallback(() => setOpen(false), []);
  const ref = useCallback((button: HTMLButtonElement | null) => {
    anchor.current = button;
  }, []);
  return (
    <>
      {children({
        ref,
        'aria-haspopup': 'menu',
        'aria-expanded': isOpen,
        onClick: () => setOpen((wasOpen) => !wasOpen),
      })}
      {isOpen && anchor.current && (
        <MenuPopover label={label} sections={sections} anchor={anchor.current} align={align} onClose={close} />
      )}
    </>
  );
}
