/** One row of the table: what was measured, in which unit, against which bound, and how it was done. */
export type CaseResult = {
  name: string;
  measured: number;
  unit: string;
  /** `at least` or `at most` the bound. */
  bound: { kind: 'at least' | 'at most'; value: number } | null;
  /** The figures behind a ratio, in words. */
  detail: string;
};

/** A case of the benchmark; it may give several rows. `gate` rows are also read by the quality gate. */
export type BenchCase = { name: string; run(): Promise<CaseResult[]> };

export const passes = ({ measured, bound }: CaseResult): boolean =>
  bound === null || (bound.kind === 'at least' ? measured >= bound.value : measured <= bound.value);
