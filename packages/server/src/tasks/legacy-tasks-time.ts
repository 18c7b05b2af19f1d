const pattern =
  /^(\d{4})-(\d{2})-(\d{2})(?:[Tt ]+(\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?)?\s*(Z|z|UTC|[+-]\d{2}(?::?\d{2})?)?$/;

/**
 * Reads a time as the original's files and people write it: a blank or `T` before the time of day, which may be missing; without a
 * zone it is UTC; digits beyond milliseconds are cut. Null: not a time, or not a real one.
 */
export function readTime(text: string): string | null {
  const match = pattern.exec(text.trim());
  if (match === null) return null;
  const [, year, month, day, hour = '00', minute = '00', second = '00', fraction = '', zone = 'Z'] = match;
  const isRealDate = Number(day) <= daysOf(Number(year), Number(month));
  if (!isRealDate || Number(hour) > 23) return null;
  const milliseconds = fraction.slice(0, 3).padEnd(3, '0');
  const instant = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}.${milliseconds}${readZone(zone)}`);
  if (Number.isNaN(instant)) return null;
  const time = new Date(instant).toISOString();
  // A zone can push the first and last day outside the years that are written with four digits.
  return time.length === 24 ? time : null;
}

// Date.parse takes 30 February for 2 March. Month 13 has no days.
const daysOf = (year: number, month: number): number =>
  month >= 1 && month <= 12 ? new Date(Date.UTC(2000 + (year % 400), month, 0)).getUTCDate() : 0;

function readZone(zone: string): string {
  if (/^(Z|UTC)$/i.test(zone)) return 'Z';
  const digits = zone.slice(1).replace(':', '').padEnd(4, '0');
  return `${zone[0]}${digits.slice(0, 2)}:${digits.slice(2)}`;
}
