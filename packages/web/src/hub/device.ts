const deviceKey = 'leanvibe.device';

// `crypto.randomUUID` is missing on pages that are neither https nor localhost, such as those that a phone opens.
const randomName = (): string =>
  Array.from(crypto.getRandomValues(new Uint16Array(6)), (part) => part.toString(16).padStart(4, '0')).join('-');

/** A name for this browser that stays, so that what it has seen is known when it comes back. */
export function deviceId(): string {
  const known = localStorage.getItem(deviceKey);
  if (known !== null) return known;
  const made = `web-${randomName()}`;
  localStorage.setItem(deviceKey, made);
  return made;
}
