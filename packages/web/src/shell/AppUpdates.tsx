import { useEffect } from 'react';
import { useToasts } from '../ui/Toasts.tsx';
import { followUpdates } from './app-update.ts';

/** Says when a newer version of the app is ready. Browsers have service workers only for this machine and for HTTPS. */
export function AppUpdates() {
  const { show } = useToasts();
  useEffect(() => {
    if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return;
    const end = new AbortController();
    const onReady = (apply: () => void) =>
      show({
        text: 'Update ready',
        tone: 'neutral',
        slot: 'update',
        stays: true,
        action: { label: 'Reload', onAction: apply },
      });
    followUpdates(navigator.serviceWorker, onReady, end.signal).catch((error: unknown) => {
      // The app works without: what is lost is reading it offline.
      console.info('The service worker could not be installed', error);
    });
    return () => end.abort();
  }, [show]);
  return null;
}
