type Placement = { align: 'start' | 'center' | 'end'; gap: number };

const margin = 8;

const startOf = (anchor: DOMRect, width: number, align: Placement['align']): number => {
  if (align === 'start') return anchor.left;
  return align === 'end' ? anchor.right - width : anchor.left + (anchor.width - width) / 2;
};

/** Puts a box below what it belongs to, above it where there is more room, and always within the window. */
export function placeBeside(box: HTMLElement, target: Element, { align, gap }: Placement): void {
  const anchor = target.getBoundingClientRect();
  const { width, height } = box.getBoundingClientRect();
  const left = Math.max(margin, Math.min(startOf(anchor, width, align), innerWidth - width - margin));
  const below = anchor.bottom + gap;
  const fitsBelow = below + height <= innerHeight - margin;
  const above = anchor.top - gap - height;
  const top = fitsBelow || above < margin ? Math.min(below, innerHeight - height - margin) : above;
  box.style.left = `${left}px`;
  box.style.top = `${Math.max(margin, top)}px`;
}
