import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { auditDatabase, type DatabaseAudit } from './database-audit.ts';
import { EventFollower } from './event-follower.ts';
import { HubCaller } from './hub-caller.ts';
import type { DoomedServer, Interruption } from './interruption.ts';
import { demand, InvariantBroken, type LoggedTask } from './logged-event.ts';
import { MirrorWatcher, readMirror } from './mirror-watcher.ts';
import type { Random } from './seeded-random.ts';
import { ServerProcess, type ServerProcessOptions } from './server-process.ts';
import { WriteLedger } from './write-ledger.ts';
import { Writers } from './writers.ts';

export type TrialEraDeps = { folder: string; interruption: Interruption; random: Random; script?: readonly string[] };

/**
 * What was tried: writes by what became of them, events that reached followers, reads of the mirror, starts that were cut short, and
 * power cuts that came while something of the write-ahead log, or of the database file, was not synced.
 */
export type EraFigures = Record<
  'acknowledged' | 'lost' | 'repeated' | 'events' | 'mirrorReads' | 'cutStarts' | 'cutLogs' | 'cutDatabases',
  number
>;

const databaseName = 'leanvibe.db';

const clientIds = ['alpha', 'beta', 'gamma'];
const writersAtOnce = 6;

/** The life of one data folder through many interruptions, with those who write to it and those who follow it. */
export class TrialEra {
  readonly #deps: TrialEraDeps;
  readonly #ledger = new WriteLedger();
  readonly #writers: Writers;
  readonly #followers = clientIds.flatMap((clientId) => [
    new EventFollower(clientId),
    new EventFollower(clientId, '&batch_ms=15'),
  ]);
  readonly #mirror: string;
  #audit: DatabaseAudit = new Map();
  readonly #figures = { repeated: 0, mirrorReads: 0, cutStarts: 0, cutLogs: 0, cutDatabases: 0 };

  constructor(deps: TrialEraDeps) {
    this.#deps = deps;
    this.#writers = new Writers(this.#ledger, deps.random.fork(), clientIds);
    this.#mirror = join(deps.folder, 'mirror', 'tasks.json');
  }

  get figures(): EraFigures {
    return {
      ...this.#figures,
      acknowledged: this.#ledger.count('acknowledged'),
      lost: this.#ledger.count('lost'),
      events: this.#followers.reduce((sum, follower) => sum + follower.received.length, 0),
    };
  }

  /** Starts the server on what the last round left, checks it, writes until the interruption, and checks what that left. */
  async round(): Promise<void> {
    const { interruption, random } = this.#deps;
    const doomed = interruption.start(this.#processOptions(), random.fork());
    await using process = doomed.process;
    await this.#live(doomed);
    const { signal } = await process.ended;
    demand(signal === 'SIGKILL', () => `the server ended by itself:\n${process.output}`);
    this.#ledger.loseOpenOnes();
    const unsynced = doomed.settle();
    if (unsynced.includes(`${databaseName}-wal`)) this.#figures.cutLogs += 1;
    if (unsynced.includes(databaseName)) this.#figures.cutDatabases += 1;
    try {
      this.#check();
    } catch (error) {
      if (error instanceof InvariantBroken && process.output !== '')
        error.message += `\nThe server said:\n${process.output}`;
      throw error;
    }
  }

  /** Starts the server a last time and stops it in good order. */
  async finish(): Promise<void> {
    await using process = new ServerProcess(this.#processOptions());
    const port = await process.serving();
    using caller = new HubCaller(port);
    await this.#checkServing(port, caller);
    const closing = this.#followers.map((follower) => follower.closed);
    const end = await process.end('SIGTERM');
    demand(end.code === 0, () => `the server did not stop in good order: ${JSON.stringify(end)}\n${process.output}`);
    for (const code of await Promise.all(closing)) demand(code === 1012, () => `a socket was closed with ${code}`);
    this.#check();
    const board = [...this.#audit.values()].flatMap(({ fold }) => onBoard(fold.tasks.values()));
    demand(isSameTasks(readMirror(this.#mirror) ?? [], board), () => 'the mirror is not the board');
  }

  #processOptions(): ServerProcessOptions {
    const { folder, script } = this.#deps;
    return { folder, env: { LEANVIBE_MIRROR: this.#mirror }, ...(script ? { script } : {}) };
  }

  async #live(doomed: DoomedServer): Promise<void> {
    const port = await doomed.process.port;
    if (port === null) {
      this.#figures.cutStarts += 1;
      return;
    }
    using watcher = new MirrorWatcher(this.#mirror);
    using caller = new HubCaller(port);
    await this.#checkServing(port, caller, doomed);
    doomed.arm();
    await this.#writers.run(caller, writersAtOnce, () => !doomed.process.isRunning);
    await doomed.process.ended;
    this.#figures.mirrorReads += watcher.reads;
    for (const follower of this.#followers) follower.disconnect();
  }

  // A doomed server may go at any moment of this: then what was not answered is not checked.
  async #checkServing(port: number, caller: HubCaller, doomed?: DoomedServer): Promise<void> {
    const isLive = await Promise.all(this.#followers.map((follower) => follower.connect(port)));
    if (doomed && isLive.includes(null)) return;
    for (const follower of this.#followers) {
      const log = this.#audit.get(follower.clientId)?.events ?? [];
      await follower.has(log.length);
      if (!doomed || doomed.process.isRunning) follower.compare(log, { complete: true });
    }
    for (const [clientId, { fold }] of this.#audit) {
      const answer = await caller.call('GET', `/tasks/${clientId}/board`);
      if (doomed && answer === null) return;
      const { columns } = JSON.parse(answer!.text) as { columns: { tasks: LoggedTask[] }[] };
      const served = columns.flatMap((column) => column.tasks);
      demand(
        isSameTasks(served, onBoard(fold.tasks.values())),
        () => `the board of ${clientId} is not what its log says`,
      );
    }
    this.#figures.repeated += this.#ledger.lostRepeatables().length;
    await this.#writers.repeatLost(caller);
    await this.#writers.repeatAcknowledged(caller);
  }

  #check(): void {
    const file = join(this.#deps.folder, databaseName);
    this.#audit = existsSync(file) ? auditDatabase(file) : new Map();
    this.#ledger.reconcile(this.#audit);
    for (const follower of this.#followers) {
      follower.compare(this.#audit.get(follower.clientId)?.events ?? [], { complete: false });
    }
    readMirror(this.#mirror);
    const failed = this.#ledger.entries.find(({ status }) => status !== null && status >= 500);
    demand(failed === undefined, () => `${failed?.kind} ${failed?.marker} was answered ${failed?.answerText}`);
  }
}

const onBoard = (tasks: Iterable<{ task: LoggedTask; isDeleted: boolean }>): LoggedTask[] =>
  [...tasks].filter(({ isDeleted }) => !isDeleted).map(({ task }) => task);

/** Whether these are the same tasks, in whatever order. */
function isSameTasks(left: readonly LoggedTask[], right: readonly LoggedTask[]): boolean {
  const byId = (tasks: readonly LoggedTask[]) => new Map(tasks.map((task) => [task.id, task]));
  return left.length === right.length && isDeepStrictEqual(byId(left), byId(right));
}
