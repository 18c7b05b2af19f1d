/** `warn`: it works, but something should be seen to; `fail`: it does not work. */
export type CheckState = 'ok' | 'warn' | 'fail';

/** What one check found, and what to do about it (null where nothing is to be done). */
export type CheckResult = { check: string; state: CheckState; detail: string; advice: string | null };

/** Makes the results of one check. */
export const resultsOf = (check: string) => ({
  ok: (detail: string): CheckResult => ({ check, state: 'ok', detail, advice: null }),
  warn: (detail: string, advice: string): CheckResult => ({ check, state: 'warn', detail, advice }),
  fail: (detail: string, advice: string): CheckResult => ({ check, state: 'fail', detail, advice }),
});

/** What the system said, in its own words. */
export const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
