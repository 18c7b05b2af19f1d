/** Takes the focus to the cards: to the one that had it last in the first column that has any. */
export const focusCards = (): void => document.querySelector<HTMLElement>('[data-card-title][tabindex="0"]')?.focus();

/** Takes the focus to the cards when what had it went away. */
export function focusCardsIfNowhere(): void {
  if (document.activeElement === document.body) focusCards();
}
