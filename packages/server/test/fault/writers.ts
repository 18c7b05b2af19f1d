import type { HubAnswer, HubCaller } from './hub-caller.ts';
import { demand, type LoggedTask } from './logged-event.ts';
import type { Random } from './seeded-random.ts';
import type { LedgerEntry, WriteKind, WriteLedger } from './write-ledger.ts';

const kinds: readonly (readonly [WriteKind, number])[] = [
  ['create', 35],
  ['update', 30],
  ['move', 18],
  ['delete', 7],
  ['restore', 5],
  ['bulk', 5],
];
const bulkSize = 5;

type Message = { method: string; path: string; body?: unknown; key?: string };
type Request = Pick<LedgerEntry, 'clientId' | 'kind'> & { parts?: number } & Message;

/** Several who write to several workspaces at once, often to the same tasks, and note what they were promised. */
export class Writers {
  readonly #ledger: WriteLedger;
  readonly #random: Random;
  /** Tasks that somebody has seen, by workspace. */
  readonly #seen: Map<string, string[]>;

  constructor(ledger: WriteLedger, random: Random, clientIds: readonly string[]) {
    this.#ledger = ledger;
    this.#random = random;
    this.#seen = new Map(clientIds.map((clientId) => [clientId, []]));
  }

  /** Writes, `count` at a time, until `isOver` or until the server is gone. */
  async run(caller: HubCaller, count: number, isOver: () => boolean): Promise<void> {
    await Promise.all(
      Array.from({ length: count }, async () => {
        while (!isOver()) if (!(await this.#writeOnce(caller))) return;
      }),
    );
  }

  /** Creates one task and gives the answer; null when it was lost. */
  async create(caller: HubCaller, clientId: string): Promise<HubAnswer | null> {
    const entry = this.#ledger.begin({ clientId, kind: 'create' });
    return this.#exchange(caller, entry, { method: 'POST', path: `/tasks/${clientId}`, body: this.#newTask() });
  }

  /** Sends again what may have been lost. Everyone must get an answer that says it is done. */
  async repeatLost(caller: HubCaller): Promise<void> {
    for (const entry of this.#ledger.lostRepeatables()) {
      await this.#exchange(caller, entry, { method: 'POST', ...entry.repeatable! });
    }
  }

  /** Sends one again that was acknowledged: the answer must be the same, and nothing may happen. */
  async repeatAcknowledged(caller: HubCaller): Promise<void> {
    const candidates = this.#ledger.entries.filter((entry) => entry.outcome === 'acknowledged' && entry.repeatable);
    if (candidates.length === 0) return;
    const { marker, repeatable, status, answerText } = this.#random.pick(candidates);
    const headers = { 'x-leanvibe-actor': `agent:${marker}`, 'idempotency-key': repeatable!.key };
    const answer = await caller.call('POST', repeatable!.path, { body: repeatable!.body, headers });
    if (answer === null) return;
    demand(
      answer.status === status && answer.text === answerText,
      () => `${marker} was answered differently when it was sent again: ${answer.status} ${answer.text}`,
    );
  }

  async #writeOnce(caller: HubCaller): Promise<boolean> {
    const { clientId, kind, parts = 1, ...message } = this.#nextRequest();
    const { path, body, key } = message;
    const repeatable = key === undefined ? null : { path, body, key };
    const entry = this.#ledger.begin({ clientId, kind, parts, repeatable });
    return (await this.#exchange(caller, entry, message)) !== null;
  }

  async #exchange(caller: HubCaller, entry: LedgerEntry, message: Message): Promise<HubAnswer | null> {
    const { method, path, body, key } = message;
    const repeat = key === undefined ? {} : { 'idempotency-key': key };
    const headers = { 'x-leanvibe-actor': `agent:${entry.marker}`, ...repeat };
    const answer = await caller.call(method, path, { ...(body === undefined ? {} : { body }), headers });
    if (answer === null) entry.outcome = 'lost';
    else this.#note(entry, answer);
    return answer;
  }

  #note(entry: LedgerEntry, { status, text }: HubAnswer): void {
    entry.status = status;
    entry.answerText = text;
    entry.outcome = status < 300 ? 'acknowledged' : 'refused';
    if (entry.outcome === 'refused' || status === 204) return;
    entry.answered = entry.kind === 'bulk' ? bulkTasks(text) : [JSON.parse(text) as LoggedTask];
    if (entry.kind === 'create' || entry.kind === 'bulk') {
      this.#seen.get(entry.clientId)!.push(...entry.answered.map(({ id }) => id));
    }
  }

  #nextRequest(): Request {
    const random = this.#random;
    const clientId = random.pick([...this.#seen.keys()]);
    const known = this.#seen.get(clientId)!;
    const kind = known.length < 3 ? 'create' : this.#nextKind();
    const collection = `/tasks/${clientId}`;
    // Half of the time a recent one, so that writers meet.
    const taskId = random.next() < 0.5 ? known.at(-1 - random.below(3)) : random.pick(known);
    const path = `${collection}/${taskId}`;
    switch (kind) {
      case 'create': {
        const key = random.next() < 0.5 ? { key: `key-${random.below(2 ** 32)}-${random.below(2 ** 32)}` } : {};
        return { clientId, kind, method: 'POST', path: collection, body: this.#newTask(), ...key };
      }
      case 'bulk': {
        const operations = Array.from({ length: bulkSize }, () => ({ op: 'create', ...this.#newTask() }));
        const key = `key-${random.below(2 ** 32)}-${random.below(2 ** 32)}`;
        return {
          clientId,
          kind,
          parts: bulkSize,
          method: 'POST',
          path: `${collection}/bulk`,
          body: { atomic: true, operations },
          key,
        };
      }
      case 'update':
        return { clientId, kind, method: 'PATCH', path, body: this.#newTask() };
      case 'move': {
        const status = random.pick(['backlog', 'in_progress', 'testing', 'done']);
        return { clientId, kind, method: 'POST', path: `${path}/move`, body: { status } };
      }
      case 'delete':
        return { clientId, kind, method: 'DELETE', path };
      case 'restore':
        return { clientId, kind, method: 'POST', path: `${path}/restore` };
    }
  }

  #nextKind(): WriteKind {
    let left = this.#random.below(100);
    for (const [kind, share] of kinds) {
      left -= share;
      if (left < 0) return kind;
    }
    return 'create';
  }

  // No two are alike, so that no change is without effect.
  #newTask() {
    const random = this.#random;
    const title = `Task ${random.below(2 ** 32)}`;
    const description = 'x'.repeat(random.below(random.next() < 0.1 ? 20_000 : 300));
    return { title, description, priority: random.pick(['low', 'medium', 'high']), tags: [`t${random.below(9)}`] };
  }
}

function bulkTasks(text: string): LoggedTask[] {
  const { results } = JSON.parse(text) as { results: { task: LoggedTask | null }[] };
  return results.flatMap(({ task }) => (task === null ? [] : [task]));
}
