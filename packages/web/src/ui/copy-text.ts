/** Puts a text into the clipboard; false when the browser does not let it. */
export async function copyText(text: string): Promise<boolean> {
  // Only pages over https or from this machine have the clipboard.
  const clipboard = navigator.clipboard as Clipboard | undefined;
  if (clipboard === undefined) return copySelected(text);
  try {
    await clipboard.writeText(text);
    return true;
  } catch {
    return copySelected(text);
  }
}

// Deprecated, but all there is on the plain http address by which a phone opens the app.
function copySelected(text: string): boolean {
  const area = document.createElement('textarea');
  area.value = text;
  area.className = 'visually-hidden';
  const focused = document.activeElement;
  // A modal dialog makes everything outside of it inert.
  (focused?.closest('dialog') ?? document.body).append(area);
  area.select();
  const isCopied = document.execCommand('copy');
  area.remove();
  if (focused instanceof HTMLElement) focused.focus();
  return isCopied;
}
