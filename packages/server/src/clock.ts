/** Where time comes from: milliseconds since 1970, and timers. Tests bring their own. */
export type Clock = {
  now(): number;
};

export const systemClock: Clock = { now: () => Date.now() };

/** A time as the contract writes it: RFC 3339, UTC, milliseconds. */
export const timestamp = (clock: Clock): string => new Date(clock.now()).toISOString();
