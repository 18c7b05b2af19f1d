import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { compileShim, shimObstacle } from './fault/compile-shim.ts';
import { WriteLost } from './fault/logged-event.ts';
import { powerCut } from './fault/power-cut.ts';
import { trialRounds, trialSeed } from './fault/seed.ts';
import { runTrial } from './fault/trial.ts';

const rounds = trialRounds(100);
const seed = trialSeed();
// Far more than it takes: how long it takes is not what is tested.
const limits = { timeout: 60_000 + rounds * 10_000 };
const carelessServer = fileURLToPath(new URL('fault/careless-server.ts', import.meta.url));
/** Cuts among which one must catch a server that answers before the disk has it. */
const mostCutsToLoss = 60;

const obstacle = shimObstacle();

describe.skipIf(obstacle !== null && !process.env['CI'])(
  `power cuts${obstacle === null ? '' : ` (skipped: ${obstacle})`}`,
  () => {
    it(`[C4] loses nothing acknowledged and damages no file (${rounds} cuts, FAULT_SEED=${seed})`, limits, async () => {
      const report = await runTrial({ interruption: powerCut(compileShim('powerloss')), rounds, seed });
      console.log('power cut:', report);
      expect(report.acknowledged).toBeGreaterThan(rounds * 2);
      expect(report.events).toBeGreaterThan(rounds * 4);
      // The cuts came where they can hurt: between a write and its sync, in the log and while it is copied into the database.
      expect(report.cutLogs).toBeGreaterThan(rounds / 4);
      expect(report.cutDatabases).toBeGreaterThanOrEqual(Math.floor(rounds / 50));
      expect(report.cutStarts).toBeGreaterThanOrEqual(Math.floor(rounds / 50));
    });

    it(
      `[C4] would notice: a server that does not wait for the disk is caught (FAULT_SEED=${seed})`,
      limits,
      async () => {
        const interruption = powerCut(compileShim('powerloss'));
        const trial = runTrial({
          interruption,
          rounds: mostCutsToLoss,
          seed,
          script: [carelessServer],
          keepsEvidence: false,
        });
        await expect(trial).rejects.toThrow(WriteLost);
      },
    );
  },
);
