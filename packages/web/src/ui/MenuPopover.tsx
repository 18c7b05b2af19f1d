import { Check, ChevronLeft, ChevronRight } from 'lucide-react';
import { useEffect, useLayoutEffect, useRef, useState, type ReactNode } from 'react';
import { classNames } from './class-names.ts';
import { Kbd } from './Kbd.tsx';
import { nextItem } from './menu-keys.ts';
import styles from './MenuPopover.module.css';
import { placeBeside } from './place-beside.ts';

/** Something to choose. With `sections` it leads to a further menu in the same place (one level deep); with `isChecked` it is one of several values. */
export type MenuItem = {
  id: string;
  label: string;
  icon?: ReactNode;
  hint?: string | undefined;
  shortcut?: string | undefined;
  isDisabled?: boolean | undefined;
  isDanger?: boolean | undefined;
  isChecked?: boolean | undefined;
  /** Whether choosing it leaves the menu open, so that several can be chosen. */
  staysOpen?: boolean | undefined;
  onSelect?: (() => void) | undefined;
  sections?: readonly MenuSection[] | undefined;
};

/** Items that belong together, with a line before them. */
export type MenuSection = { id: string; title?: string | undefined; items: readonly MenuItem[] };

type Props = {
  label: string;
  sections: readonly MenuSection[];
  /** What the menu belongs to; the focus goes back there. */
  anchor: HTMLElement;
  align?: 'start' | 'end';
  onClose: () => void;
};

/** An open menu: arrows, Home, End and letters go through it, Escape closes it. Render it while it is open. */
export function MenuPopover({ label, sections, anchor, align = 'start', onClose }: Props) {
  const popover = useRef<HTMLDivElement>(null);
  const [innerId, setInnerId] = useState<string | null>(null);
  const inner = sections.flatMap(({ items }) => items).find(({ id }) => id === innerId);
  useOutsideClose(popover, anchor, onClose);
  useLayoutEffect(() => {
    const element = popover.current!;
    if (!element.matches(':popover-open')) element.showPopover();
    placeBeside(element, anchor, { align, gap: 4 });
    // The first item of a further menu leads back, which is hardly what somebody came for.
    itemsOf(element)[innerId === null ? 0 : 1]?.focus();
  }, [anchor, align, innerId]);
  const close = (): void => {
    anchor.focus();
    onClose();
  };
  const select = (item: MenuItem): void => {
    if (item.sections !== undefined) return setInnerId(item.id);
    if (item.staysOpen !== true) close();
    item.onSelect?.();
  };
  const onKeyDown = (event: React.KeyboardEvent): void => {
    event.stopPropagation();
    if (event.key === 'Tab') return close();
    if (event.key === 'Escape' || (event.key === 'ArrowLeft' && inner !== undefined)) {
      event.preventDefault();
      return inner === undefined ? close() : setInnerId(null);
    }
    const items = itemsOf(popover.current!);
    const next = nextItem(items, document.activeElement, event.key);
    if (next === undefined) return;
    event.preventDefault();
    next.focus();
  };
  return (
    <div
      ref={popover}
      popover="manual"
      role="menu"
      tabIndex={-1}
      aria-label={inner?.label ?? label}
      className={styles.menu}
      onKeyDown={onKeyDown}
    >
      {inner !== undefined && (
        <button type="button" role="menuitem" tabIndex={-1} className={styles.back} onClick={() => setInnerId(null)}>
          <ChevronLeft size={14} /> {inner.label}
        </button>
      )}
      {(inner?.sections ?? sections).map(({ id, title, items }) => (
        <div key={id} role="group" aria-label={title} className={styles.section}>
          {title !== undefined && <p className={styles.title}>{title}</p>}
          {items.map((item) => (
            <MenuButton key={item.id} item={item} onSelect={select} />
          ))}
        </div>
      ))}
    </div>
  );
}

const itemsOf = (menu: HTMLElement): HTMLElement[] => [...menu.querySelectorAll<HTMLElement>('[role^="menuitem"]')];

function useOutsideClose(popover: React.RefObject<HTMLElement | null>, anchor: HTMLElement, onClose: () => void): void {
  useEffect(() => {
    const onPointerDown = ({ target }: PointerEvent): void => {
      const isInside = target instanceof Node && (popover.current?.contains(target) || anchor.contains(target));
      if (!isInside) onClose();
    };
    document.addEventListener('pointerdown', onPointerDown, { capture: true });
    return () => document.removeEventListener('pointerdown', onPointerDown, { capture: true });
  }, [popover, anchor, onClose]);
}

function MenuButton({ item, onSelect }: { item: MenuItem; onSelect: (item: MenuItem) => void }) {
  const { label, icon, hint, shortcut, isDisabled, isDanger, isChecked, staysOpen, sections } = item;
  const checkedRole = staysOpen === true ? 'menuitemcheckbox' : 'menuitemradio';
  return (
    <button
      type="button"
      role={isChecked === undefined ? 'menuitem' : checkedRole}
      aria-checked={isChecked}
      aria-disabled={isDisabled}
      aria-haspopup={sections === undefined ? undefined : 'menu'}
      tabIndex={-1}
      className={classNames(styles.item, isDanger && styles.danger)}
      onClick={() => isDisabled !== true && onSelect(item)}
      onPointerMove={({ currentTarget }) => currentTarget.focus()}
    >
      <span className={styles.icon}>{icon}</span>
      <span className={styles.label}>{label}</span>
      {hint !== undefined && <span className={styles.hint}>{hint}</span>}
      {isChecked === true && <Check size={14} aria-hidden="true" />}
      {shortcut !== undefined && <Kbd keys={shortcut} />}
      {sections !== undefined && <ChevronRight size={14} aria-hidden="true" />}
    </button>
  );
}
