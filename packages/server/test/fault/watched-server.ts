import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { auditDatabase, type DatabaseAudit } from './database-audit.ts';
import { HubCaller, type HubAnswer } from './hub-caller.ts';
import { seededRandom } from './seeded-random.ts';
import { ServerProcess, type ProcessEnd } from './server-process.ts';
import { WriteLedger } from './write-ledger.ts';
import { Writers } from './writers.ts';

/** A server in a fresh folder, with writers whose ledger it is held to. It can be started again on the same folder. */
export class WatchedServer implements AsyncDisposable {
  readonly folder: string;
  readonly ledger = new WriteLedger();
  readonly writers: Writers;
  readonly #ownsFolder: boolean;
  #process: ServerProcess | undefined;
  #caller: HubCaller | undefined;
  #port = 0;

  constructor(seed: number, folder?: string) {
    this.#ownsFolder = folder === undefined;
    this.folder = folder ?? realpathSync(mkdtempSync(join(tmpdir(), 'leanvibe-fault-')));
    this.writers = new Writers(this.ledger, seededRandom(seed), ['alpha', 'beta']);
  }

  get process(): ServerProcess {
    return this.#process!;
  }

  get caller(): HubCaller {
    return this.#caller!;
  }

  get port(): number {
    return this.#port;
  }

  get databaseFile(): string {
    return join(this.folder, 'leanvibe.db');
  }

  async start(env: Readonly<Record<string, string>> = {}): Promise<void> {
    this.#caller?.[Symbol.dispose]();
    this.#process = new ServerProcess({ folder: this.folder, env });
    this.#port = await this.#process.serving();
    this.#caller = new HubCaller(this.#port);
  }

  /** Writes, several at a time, until so many more requests were acknowledged. */
  async write(acknowledged: number): Promise<void> {
    const goal = this.ledger.count('acknowledged') + acknowledged;
    await this.writers.run(this.caller, 4, () => this.ledger.count('acknowledged') >= goal);
  }

  /** The answer to one more creation, entered into the ledger like any other. */
  create(): Promise<HubAnswer | null> {
    return this.writers.create(this.caller, 'alpha');
  }

  /** Ends the server by a signal and checks that the database has exactly what was promised. */
  async endAndReconcile(signal: NodeJS.Signals): Promise<{ end: ProcessEnd; audit: DatabaseAudit }> {
    const end = await this.process.end(signal);
    return { end, audit: this.reconcile() };
  }

  /** Checks that the database of the server, which has ended, has exactly what was promised. */
  reconcile(): DatabaseAudit {
    this.ledger.loseOpenOnes();
    const audit = auditDatabase(this.databaseFile);
    this.ledger.reconcile(audit);
    return audit;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#caller?.[Symbol.dispose]();
    await this.#process?.[Symbol.asyncDispose]();
    if (this.#ownsFolder) rmSync(this.folder, { recursive: true, force: true });
  }
}
