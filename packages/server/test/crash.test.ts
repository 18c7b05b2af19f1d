import { expect, it } from 'vitest';
import { killInterruption } from './fault/interruption.ts';
import { trialRounds, trialSeed } from './fault/seed.ts';
import { runTrial } from './fault/trial.ts';

const rounds = trialRounds(50);
const seed = trialSeed();
// Far more than it takes: how long it takes is not what is tested.
const limits = { timeout: 60_000 + rounds * 10_000 };

it(
  `[C4] loses, doubles and invents nothing when it is killed at any moment (${rounds} times, FAULT_SEED=${seed})`,
  limits,
  async () => {
    const report = await runTrial({ interruption: killInterruption, rounds, seed });
    console.log('killed:', report);
    // A trial that hardly wrote anything would prove hardly anything.
    expect(report.acknowledged).toBeGreaterThan(rounds * 5);
    expect(report.events).toBeGreaterThan(rounds * 10);
    expect(report.lost).toBeGreaterThan(rounds);
    expect(report.repeated).toBeGreaterThan(0);
    expect(report.mirrorReads).toBeGreaterThan(rounds);
  },
);
