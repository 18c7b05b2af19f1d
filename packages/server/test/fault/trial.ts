import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Interruption } from './interruption.ts';
import { InvariantBroken } from './logged-event.ts';
import { seededRandom } from './seeded-random.ts';
import { TrialEra, type EraFigures } from './trial-era.ts';

/**
 * `script`: the server to try, when it is not the real one. `onRound` is told the number of rounds done. `keepsEvidence` false: the
 * data folder is removed also when something is broken.
 */
export type TrialOptions = {
  interruption: Interruption;
  rounds: number;
  seed: number;
  script?: readonly string[];
  onRound?: (round: number) => void;
  keepsEvidence?: boolean;
};

export type TrialReport = { rounds: number; milliseconds: number } & EraFigures;

/** Rounds on one data folder, before the next begins with an empty one. */
const roundsPerEra = 10;

/**
 * Interrupts the server again and again, each time after checking that what it was left with is what was promised. Throws what is
 * broken, with what is needed to see it again; the data folder is then kept.
 */
export async function runTrial({
  interruption,
  rounds,
  seed,
  script,
  onRound,
  keepsEvidence = true,
}: TrialOptions): Promise<TrialReport> {
  const startedAt = performance.now();
  const total: Partial<EraFigures> = {};
  for (let begun = 0; begun < rounds; begun += roundsPerEra) {
    const eraSeed = seed + begun / roundsPerEra;
    const home = mkdtempSync(join(tmpdir(), 'leanvibe-trial-'));
    const folder = join(home, 'data');
    mkdirSync(join(folder, 'mirror'), { recursive: true });
    const era = new TrialEra({ folder, interruption, random: seededRandom(eraSeed), ...(script ? { script } : {}) });
    let round = begun;
    try {
      for (; round < Math.min(begun + roundsPerEra, rounds); round += 1) {
        await era.round();
        onRound?.(round + 1);
      }
      await era.finish();
    } catch (error) {
      if (!keepsEvidence) rmSync(home, { recursive: true });
      const where = `${interruption.name}, round ${round - begun + 1} with --seed ${eraSeed}, data in ${folder}`;
      if (error instanceof InvariantBroken) error.message = `${where}: ${error.message}`;
      else throw new Error(where, { cause: error });
      throw error;
    }
    const { figures } = era;
    for (const name of Object.keys(figures) as (keyof EraFigures)[]) total[name] = (total[name] ?? 0) + figures[name];
    rmSync(home, { recursive: true });
  }
  return { rounds, milliseconds: Math.round(performance.now() - startedAt), ...(total as EraFigures) };
}
