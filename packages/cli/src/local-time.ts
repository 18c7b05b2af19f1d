const pad = (value: number, digits = 2): string => String(value).padStart(digits, '0');

/** A time of the server as a date of this place: 2026-11-22. */
export function localDate(timestamp: string): string {
  const at = new Date(timestamp);
  return `${pad(at.getFullYear(), 4)}-${pad(at.getMonth() + 1)}-${pad(at.getDate())}`;
}

/** A time of the server as the clock of this place shows it: 11:05:12. */
export function localClock(timestamp: string): string {
  const at = new Date(timestamp);
  return `${pad(at.getHours())}:${pad(at.getMinutes())}:${pad(at.getSeconds())}`;
}

/** A time of the server as date and clock of this place: 2026-11-22 11:05. */
export const localMinute = (timestamp: string): string =>
  `${localDate(timestamp)} ${localClock(timestamp).slice(0, 5)}`;

const unitMs = { m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 } as const;

/**
 * Reads a time as people type it: `2026-12-24` (that day's last moment here), `2026-12-24 18:00` (here), with a zone as it stands,
 * or `+3d`, `+2h` from `nowMs`. null: it is none of these.
 */
export function readTime(text: string, nowMs: number): string | null {
  const [, sign, amount, unit] = /^([+-])(\d{1,5})([mhdw])$/.exec(text) ?? [];
  if (unit) return isoTime(nowMs + Number(`${sign}${amount}`) * unitMs[unit as keyof typeof unitMs]);
  // A date alone would be read as UTC, which is another day for half of the world.
  if (/^\d{4}-\d\d-\d\d$/.test(text)) return isoTime(Date.parse(`${text}T23:59:59.999`));
  if (/^\d{4}-\d\d-\d\d[ T]\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d)?$/.test(text)) {
    return isoTime(Date.parse(text.replace(' ', 'T')));
  }
  return null;
}

const isoTime = (atMs: number): string | null => {
  const at = new Date(atMs);
  return Number.isNaN(at.getTime()) ? null : at.toISOString();
};

/** A length of time in one or two units: 3 d 4 h. */
export function spellDuration(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const parts: [number, string][] = [
    [Math.floor(whole / 86_400), 'd'],
    [Math.floor(whole / 3600) % 24, 'h'],
    [Math.floor(whole / 60) % 60, 'min'],
    [whole % 60, 's'],
  ];
  const first = parts.findIndex(([amount]) => amount > 0);
  if (first === -1) return '0 s';
  return parts
    .slice(first, first + 2)
    .filter(([amount]) => amount > 0)
    .map(([amount, unit]) => `${amount} ${unit}`)
    .join(' ');
}
