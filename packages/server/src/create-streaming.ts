import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import type { Logger } from 'pino';
import type { Access } from './create-access.ts';
import type { Clock } from './clock.ts';
import type { Store } from './database/store.ts';
import { ConnectionManager } from './events/connection-manager.ts';
import { DeviceAcks } from './events/device-acks.ts';
import { registerEventRoutes } from './events/event-routes.ts';
import { EventStreamingService } from './events/event-streaming-service.ts';
import { SocketUpgrade } from './events/socket-upgrade.ts';
import { StreamingPreferencesService } from './events/streaming-preferences-service.ts';
import type { RouteHost } from './http/route-binding.ts';
import { InProcessBus } from './messaging/in-process-bus.ts';
import type { HealthCheck } from './system/health-report.ts';
import type { MetricsRegistry } from './system/metrics-registry.ts';
import { productVersion } from './version.ts';

export type StreamingDeps = {
  store: Store;
  clock: Clock;
  log: Logger;
  metrics: MetricsRegistry;
  access: Access;
  /** The server whose upgrade requests become sockets. */
  server: Server;
};

/** Everything about event streams. */
export type Streaming = {
  components: Readonly<Record<string, HealthCheck>>;
  register(host: RouteHost): void;
  /** Tells every socket and stream why, and resolves when they are gone. */
  end(reason: 'shutting-down' | 'server-restart'): Promise<void>;
  close(): void;
};

/** Builds what streams events, from the wake-ups of the store to the sockets. */
export function createStreaming({ store, clock, log, metrics, access, server }: StreamingDeps): Streaming {
  const bus = new InProcessBus();
  const stopWaking = store.onAppend((clientId, seq) => bus.publish({ clientId, seq }));
  const streaming = new EventStreamingService({
    store,
    bus,
    clock,
    log,
    onDelivered: (count) => metrics.eventsDelivered(count),
  });
  const acks = new DeviceAcks({ store, clock, log });
  const connections = new ConnectionManager({ streaming, acks, clock, log });
  const preferences = new StreamingPreferencesService({ store, clock });
  const upgrade = new SocketUpgrade({
    streaming,
    connections,
    acks,
    clock,
    log,
    preferences,
    admit: (request) => access.admit(request),
    requests: {},
    server: { name: 'LeanVibe', version: productVersion },
  });
  access.onRevoked((tokenId) => connections.closeByToken(tokenId));
  metrics.watch({
    name: 'leanvibe_connections',
    help: 'Open sockets and streams.',
    read: () => connections.figures().open,
  });
  metrics.watch({
    name: 'leanvibe_slow_consumers',
    help: 'Connections closed since the start because their reader made no progress.',
    read: () => connections.figures().closed['slow-consumer'] ?? 0,
  });
  server.on('upgrade', (request, wire, head) => void upgrade.handleUpgrade(request, wire as Socket, head));
  return {
    components: {
      EventStreamingService: () => streaming.health(),
      ConnectionManager: () => connections.health(),
    },
    register: (host) => registerEventRoutes(host, { streaming, connections, preferences }),
    end: (reason) => connections.closeAll(reason),
    close() {
      stopWaking();
      streaming.close();
    },
  };
}
