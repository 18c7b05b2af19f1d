/** The seed of a trial: `FAULT_SEED`, to see one again, or a new one. */
export const trialSeed = (): number => Number(process.env['FAULT_SEED'] ?? Math.floor(Math.random() * 1_000_000));

/** How many rounds a trial has: `FAULT_ROUNDS`, or as many as a test has time for. */
export const trialRounds = (usual: number): number => Number(process.env['FAULT_ROUNDS'] ?? usual);
