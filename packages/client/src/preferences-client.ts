import type { StreamingPreferences, StreamingPreferencesUpdate } from '@leanvibe/protocol/streaming';
import type { CallOptions } from './route-call.ts';
import type { WorkspaceCalls } from './workspace-calls.ts';

/** What new sockets of a workspace receive unless they ask for something else. */
export class PreferencesClient {
  readonly #calls: WorkspaceCalls;

  constructor(calls: WorkspaceCalls) {
    this.#calls = calls;
  }

  /** The preferences as they are. */
  get(options?: CallOptions): Promise<StreamingPreferences> {
    return this.#calls.body('getStreamingPreferences', {}, options);
  }

  /** Changes the members that are given and answers with the preferences as they are then. */
  update(changes: StreamingPreferencesUpdate, options?: CallOptions): Promise<StreamingPreferences> {
    return this.#calls.body('updateStreamingPreferences', { body: changes }, options);
  }
}
