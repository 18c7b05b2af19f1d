import type { Random } from './seeded-random.ts';
import { ServerProcess, type ServerProcessOptions } from './server-process.ts';

/** A server that will not live long. */
export type DoomedServer = {
  process: ServerProcess;
  /** The load begins: from now on its time runs. */
  arm(): void;
  /** Once it has ended: leaves the folder as this kind of end leaves it. Returns the files that were written and not synced. */
  settle(): readonly string[];
};

/** A way in which servers are ended without warning. `options` go to the process. */
export type Interruption = {
  name: string;
  start(options: ServerProcessOptions, random: Random): DoomedServer;
};

const longestStartMs = 500;
const shortestLoadMs = 20;
const longestLoadMs = 350;

/** SIGKILL at a random moment: mostly under load, now and then while it starts. What the system has taken in, it keeps. */
export const killInterruption: Interruption = {
  name: 'kill -9',
  start(options, random) {
    const process = new ServerProcess(options);
    const killAfter = (milliseconds: number): void => {
      const timer = setTimeout(() => void process.end('SIGKILL'), milliseconds);
      void process.ended.then(() => clearTimeout(timer));
    };
    const killsStart = random.next() < 0.1;
    if (killsStart) killAfter(random.below(longestStartMs));
    const loadMs = shortestLoadMs + random.below(longestLoadMs - shortestLoadMs);
    return { process, arm: () => killAfter(loadMs), settle: () => [] };
  },
};
