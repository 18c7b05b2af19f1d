/**
 * A place outside the page for the live region of dnd-kit, which cannot be turned off: the app has one of its own, and dnd-kit would
 * talk before the server has answered.
 */
export const detachedContainer = (): HTMLElement => document.createElement('div');
