import { randomName } from './random-name.ts';

const deviceKey = 'leanvibe.device';

/** A name for this browser that stays, so that what it has seen is known when it comes back. */
export function deviceId(): string {
  const known = localStorage.getItem(deviceKey);
  if (known !== null) return known;
  const made = `web-${randomName()}`;
  localStorage.setItem(deviceKey, made);
  return made;
}
