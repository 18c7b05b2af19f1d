import type { BoardRules, BoardRulesUpdate } from '@leanvibe/protocol/board';
import { timestamp, type Clock } from '../clock.ts';
import type { Receipt, Store, WriteSet } from '../database/store.ts';
import { HubError } from '../hub-error.ts';
import type { VersionMatch } from '../write-context.ts';
import { mergeRules, rulesInForce, type RulesInForce } from './board-rules.ts';
import { commitDecision } from './commit-decision.ts';
import { isSameJson } from './task-changes.ts';
import { Turns } from './turns.ts';

export type BoardRulesServiceDeps = { store: Store; clock: Clock };

/** What the rules are changed with. `receiptOf` gives what is stored with the change so that the request can be answered again. */
export type RulesWriteContext = {
  ifMatch: VersionMatch | null;
  receiptOf: (rules: BoardRules) => Receipt | undefined;
};

/** Keeps the rules of the boards. */
export class BoardRulesService {
  readonly #deps: BoardRulesServiceDeps;
  readonly #turns = new Turns();

  constructor(deps: BoardRulesServiceDeps) {
    this.#deps = deps;
  }

  /** The rules of a board; the defaults when nobody has changed them. */
  async get(clientId: string): Promise<BoardRules> {
    return (await this.#inForce(clientId)).rules;
  }

  /** Changes the members that are present. Throws `version-conflict`. */
  update(clientId: string, update: BoardRulesUpdate, context: RulesWriteContext): Promise<BoardRules> {
    const { store } = this.#deps;
    const decide = async () => {
      const inForce = await this.#inForce(clientId);
      assertVersion(inForce.rules, context.ifMatch);
      const rules = this.#changed(inForce.rules, update);
      return { writeSet: writeSetOf(clientId, inForce, rules, context.receiptOf(rules)), result: rules };
    };
    return this.#turns.take([clientId], () => commitDecision({ store, refusalOf: () => null, decide }));
  }

  async #inForce(clientId: string): Promise<RulesInForce> {
    return rulesInForce(clientId, await this.#deps.store.document(clientId, 'board_rules', ''));
  }

  #changed(rules: BoardRules, update: BoardRulesUpdate): BoardRules {
    const merged = mergeRules(rules, update);
    if (isSameJson(merged, rules)) return rules;
    return { ...merged, version: rules.version + 1, updated_at: timestamp(this.#deps.clock) };
  }
}

function writeSetOf(
  clientId: string,
  before: RulesInForce,
  rules: BoardRules,
  receipt: Receipt | undefined,
): WriteSet | null {
  if (rules === before.rules) return receipt === undefined ? null : { clientId, receipt };
  const document = {
    kind: 'board_rules',
    key: '',
    expectedVersion: before.storedVersion,
    version: rules.version,
    doc: JSON.stringify(rules),
  } as const;
  return { clientId, documents: [document], receipt };
}

function assertVersion(rules: BoardRules, ifMatch: VersionMatch | null): void {
  if (ifMatch === null || ifMatch === 'any' || ifMatch.includes(rules.version)) return;
  throw new HubError('version-conflict', `The rules have version ${rules.version}.`, {
    extensions: { current: rules },
  });
}
