// `npm run test:crash`: kills the server and cuts its power many times, and holds it to what it acknowledged.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { compileShim, shimObstacle } from '../packages/server/test/fault/compile-shim.ts';
import { killInterruption, type Interruption } from '../packages/server/test/fault/interruption.ts';
import { WriteLost } from '../packages/server/test/fault/logged-event.ts';
import { powerCut } from '../packages/server/test/fault/power-cut.ts';
import { runTrial, type TrialReport } from '../packages/server/test/fault/trial.ts';

const usage = `npm run test:crash -- [--rounds N] [--seed N] [--only kill|power]
  --rounds N   interruptions of each kind (1000)
  --seed N     repeats a trial; a failure says which seed shows it
  --only KIND  only kills, or only power cuts`;

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '1000' },
    seed: { type: 'string' },
    only: { type: 'string' },
    help: { type: 'boolean', short: 'h' },
  },
});

const carelessServer = fileURLToPath(new URL('../packages/server/test/fault/careless-server.ts', import.meta.url));
const mostCutsToLoss = 60;
const roundsBetweenLines = 50;

const seconds = (milliseconds: number): string => `${Math.round(milliseconds / 1000)} s`;

async function trial(interruption: Interruption, rounds: number, seed: number): Promise<TrialReport> {
  console.log(`${interruption.name}: ${rounds} rounds, seed ${seed} …`);
  const startedAt = performance.now();
  const onRound = (round: number): void => {
    if (round % roundsBetweenLines === 0) console.log(`  ${round} rounds, ${seconds(performance.now() - startedAt)}`);
  };
  const report = await runTrial({ interruption, rounds, seed, onRound });
  const { acknowledged, lost, events, repeated, mirrorReads, milliseconds } = report;
  console.log(
    `  nothing acknowledged was lost: ${acknowledged} writes acknowledged, ${lost} unanswered (${repeated} sent again), ` +
      `${events} events followed, the mirror read ${mirrorReads} times; ${seconds(milliseconds)}`,
  );
  return report;
}

/** The same trial must catch a server that answers before the disk has the write: otherwise it proves nothing. */
async function assertCatches(interruption: Interruption, seed: number): Promise<void> {
  let cuts = 0;
  const onRound = (round: number): void => void (cuts = round);
  try {
    await runTrial({
      interruption,
      rounds: mostCutsToLoss,
      seed,
      script: [carelessServer],
      onRound,
      keepsEvidence: false,
    });
  } catch (error) {
    if (!(error instanceof WriteLost)) throw error;
    console.log(`  and with synchronous=NORMAL it was caught at cut ${cuts + 1}`);
    return;
  }
  throw new Error(`${mostCutsToLoss} power cuts did not catch a server that does not wait for the disk.`);
}

function installCompiler(): void {
  if (shimObstacle() === null || process.platform !== 'linux' || process.getuid?.() !== 0) return;
  console.log('No C compiler: installing gcc …');
  spawnSync('apt-get', ['install', '-y', '-qq', 'gcc', 'libc6-dev'], { stdio: 'inherit' });
}

async function main(): Promise<void> {
  if (values.help) {
    console.log(usage);
    return;
  }
  const rounds = Number(values.rounds);
  const seed = Number(values.seed ?? Math.floor(Math.random() * 1_000_000));
  if (!Number.isInteger(rounds) || rounds < 1 || !Number.isInteger(seed)) throw new Error(usage);
  if (values.only !== undefined && values.only !== 'kill' && values.only !== 'power') throw new Error(usage);
  if (values.only !== 'power') await trial(killInterruption, rounds, seed);
  if (values.only === 'kill') return;
  installCompiler();
  const cut = powerCut(compileShim('powerloss'));
  const report = await trial(cut, rounds, seed);
  console.log(
    `  cut while starting ${report.cutStarts} times, with the log unsynced ${report.cutLogs} times, with the database unsynced ${report.cutDatabases} times`,
  );
  await assertCatches(cut, seed);
}

await main();
