const reloadedKey = 'leanvibe.reloaded-for';

/**
 * Loads the page anew when a part of it is not there any more, because the server has another version by now. Only where there is no
 * service worker to keep the parts, and once for each part: if that does not help, the page says that it failed.
 */
export function reloadForMissingParts(): void {
  addEventListener('vite:preloadError', (event) => {
    const part = event.payload.message;
    if (sessionStorage.getItem(reloadedKey) === part) return;
    sessionStorage.setItem(reloadedKey, part);
    event.preventDefault();
    location.reload();
  });
}
