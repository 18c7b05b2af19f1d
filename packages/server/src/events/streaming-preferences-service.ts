import {
  defaultStreamingPreferences,
  StreamingPreferences,
  type StreamingPreferencesUpdate,
} from '@leanvibe/protocol/streaming';
import { isDeepStrictEqual } from 'node:util';
import { timestamp, type Clock } from '../clock.ts';
import type { Store } from '../database/store.ts';
import { HubError } from '../hub-error.ts';
import type { VersionMatch } from '../write-context.ts';

const maxAttempts = 10;

export type StreamingPreferencesDeps = { store: Pick<Store, 'document' | 'commit'>; clock: Clock };

/** What new sockets of a workspace receive. */
export class StreamingPreferencesService {
  readonly #deps: StreamingPreferencesDeps;

  constructor(deps: StreamingPreferencesDeps) {
    this.#deps = deps;
  }

  /** The stored preferences, or the defaults. */
  async read(clientId: string): Promise<StreamingPreferences> {
    const stored = await this.#deps.store.document(clientId, 'streaming_preferences', '');
    return stored === null ? defaultsOf(clientId) : StreamingPreferences.parse(JSON.parse(stored.doc));
  }

  /** Changes the members that are given. Without `ifMatch`, over whatever version is there. */
  async update(
    clientId: string,
    update: StreamingPreferencesUpdate,
    ifMatch: VersionMatch | null,
  ): Promise<StreamingPreferences> {
    for (let attempt = 0; attempt < maxAttempts; attempt += 1) {
      const current = await this.read(clientId);
      assertMatch(current, ifMatch);
      const merged = mergePreferences(current, update);
      if (isDeepStrictEqual(merged, current)) return current;
      const next = { ...merged, version: current.version + 1, updated_at: timestamp(this.#deps.clock) };
      if (await this.#write(current, next)) return next;
    }
    throw new HubError('write-contention');
  }

  async #write(current: StreamingPreferences, next: StreamingPreferences): Promise<boolean> {
    const { outcome } = await this.#deps.store.commit({
      clientId: next.client_id,
      documents: [
        {
          kind: 'streaming_preferences',
          key: '',
          expectedVersion: current.updated_at === null ? 0 : current.version,
          version: next.version,
          doc: JSON.stringify(next),
        },
      ],
    });
    return outcome === 'committed';
  }
}

const defaultsOf = (clientId: string): StreamingPreferences =>
  StreamingPreferences.parse({ client_id: clientId, version: 1, updated_at: null, ...defaultStreamingPreferences });

/** Members of `custom_filters` are merged one by one too. */
const mergePreferences = (
  current: StreamingPreferences,
  { custom_filters: filters, ...members }: StreamingPreferencesUpdate,
): StreamingPreferences =>
  StreamingPreferences.parse({ ...current, ...members, custom_filters: { ...current.custom_filters, ...filters } });

function assertMatch(current: StreamingPreferences, ifMatch: VersionMatch | null): void {
  if (ifMatch === null || ifMatch === 'any' || ifMatch.includes(current.version)) return;
  throw new HubError('version-conflict', undefined, { extensions: { current } });
}
