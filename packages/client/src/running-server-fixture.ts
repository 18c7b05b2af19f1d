import { createApp, type App, type AppOverrides } from '@leanvibe/server/create-app';
import type { ServerConfig } from '@leanvibe/server/config';
import { testConfig } from '../../server/test/test-config.ts';
import { createLeanVibeClient, type LeanVibeClient, type LeanVibeClientOptions } from './leanvibe-client.ts';

/** The whole server with a data folder and a port of its own, which can be restarted at the same address. */
export class RunningServer implements AsyncDisposable {
  readonly #config: ReturnType<typeof testConfig>;
  readonly #overrides: AppOverrides;
  #app: App;

  private constructor(config: ReturnType<typeof testConfig>, overrides: AppOverrides, app: App) {
    this.#config = config;
    this.#overrides = overrides;
    this.#app = app;
  }

  static async start(settings: Partial<ServerConfig> = {}, overrides: AppOverrides = {}): Promise<RunningServer> {
    const config = testConfig(settings);
    return new RunningServer(config, overrides, await createApp(config, overrides));
  }

  get url(): string {
    return this.#app.url;
  }

  /** The secret of the first token; only where tokens are asked for. */
  get firstToken(): string {
    return this.#app.firstToken ?? '';
  }

  /** A link that signs a browser in. */
  pairingUrl(): string {
    return this.#app.pairingUrl();
  }

  /** A client of one workspace. */
  client(clientId: string, options: Partial<LeanVibeClientOptions> = {}): LeanVibeClient {
    return createLeanVibeClient({ baseUrl: this.url, clientId, ...options });
  }

  /** Stops the server, lets something happen meanwhile, and starts it anew at the same address. */
  async restart(meanwhile: () => Promise<void> = async () => {}): Promise<void> {
    const port = Number(new URL(this.url).port);
    await this.#app.stop('server-restart');
    await meanwhile();
    this.#app = await createApp({ ...this.#config, port }, this.#overrides);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#app.stop('shutting-down');
    this.#config[Symbol.dispose]();
  }
}
