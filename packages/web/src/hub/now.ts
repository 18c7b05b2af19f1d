import { useEffect, useState } from 'react';

/** The present time in milliseconds since 1970: the one place of the app that reads the clock. */
export const nowMs = (): number => Date.now();

/** The present time, again at every interval. */
export function useNow(intervalMs: number): number {
  const [now, setNow] = useState(nowMs);
  useEffect(() => {
    const timer = setInterval(() => setNow(nowMs()), intervalMs);
    return () => clearInterval(timer);
  }, [intervalMs]);
  return now;
}
