/** How often a page that stays open asks whether there is a new version, in milliseconds. */
const checkEveryMs = 3_600_000;

/**
 * Keeps the app readable without a connection, and tells when a newer version is ready. `onReady` is given what puts it in the place of
 * this one; until that is called this version stays as it is, whole.
 */
export async function followUpdates(
  workers: ServiceWorkerContainer,
  onReady: (apply: () => void) => void,
  signal: AbortSignal,
): Promise<void> {
  let isAsked = false;
  const hadController = workers.controller !== null;
  const reload = () => location.reload();
  const offer = (waiting: ServiceWorker) =>
    onReady(() => {
      isAsked = true;
      waiting.postMessage({ type: 'activate' });
    });
  workers.addEventListener(
    'controllerchange',
    () => {
      if (isAsked) reload();
      // Another window has put the new version in place. The parts of this one are kept, so it need not hurry.
      else if (hadController) onReady(reload);
    },
    { signal },
  );
  const registration = await workers.register('/service-worker.js', { scope: '/' });
  if (registration.waiting !== null && hadController) offer(registration.waiting);
  registration.addEventListener(
    'updatefound',
    () => {
      const { installing } = registration;
      installing?.addEventListener('statechange', () => {
        // The very first version replaces nothing.
        if (installing.state === 'installed' && workers.controller !== null) offer(installing);
      });
    },
    { signal },
  );
  const timer = setInterval(() => void checkForUpdate(registration), checkEveryMs);
  signal.addEventListener('abort', () => clearInterval(timer), { once: true });
}

/** Asks the server for a newer version. Without a connection there is none. */
async function checkForUpdate(registration: ServiceWorkerRegistration): Promise<void> {
  try {
    await registration.update();
  } catch {
    // It is asked again later, and at the next start.
  }
}
