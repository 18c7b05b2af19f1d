import { useEffect, type RefObject } from 'react';

const isNowhere = (): boolean => document.activeElement === null || document.activeElement === document.body;

/**
 * Keeps the focus within a part of the page when what has it there goes away, such as a button that has done its work: the part itself
 * gets it, so that the next key goes on from there. It needs a `tabIndex` of -1.
 */
export function useKeptFocus(part: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const element = part.current;
    if (element === null) return;
    let isWithin = element.contains(document.activeElement);
    const onFocusIn = (): void => {
      isWithin = true;
    };
    const onFocusOut = ({ target, relatedTarget }: FocusEvent): void => {
      if (relatedTarget instanceof Node && element.contains(relatedTarget)) return;
      // Some browsers tell it of what is about to be taken away too. Who is has not left, and a window that is left keeps its focus.
      queueMicrotask(() => {
        if (target instanceof Node && target.isConnected && document.hasFocus()) isWithin = false;
      });
    };
    const observer = new MutationObserver(() => {
      if (isWithin && isNowhere()) element.focus();
    });
    observer.observe(element, { childList: true, subtree: true });
    element.addEventListener('focusin', onFocusIn);
    element.addEventListener('focusout', onFocusOut);
    return () => {
      observer.disconnect();
      element.removeEventListener('focusin', onFocusIn);
      element.removeEventListener('focusout', onFocusOut);
    };
  }, [part]);
}
