import type { ComponentHealth, Health } from '@leanvibe/protocol/health';

/** Asks one component how it is. */
export type HealthCheck = () => ComponentHealth | Promise<ComponentHealth>;

const worst = (states: readonly ComponentHealth['status'][]): ComponentHealth['status'] => {
  if (states.includes('down')) return 'down';
  return states.includes('degraded') ? 'degraded' : 'ok';
};

/** A component that cannot even say how it is, is down; the text of what it threw is nothing for the outside. */
const ask = async (check: HealthCheck): Promise<ComponentHealth> => {
  try {
    return await check();
  } catch {
    return { status: 'down', detail: 'The component did not answer.' };
  }
};

/** How the server is: as well as its worst component. */
export const healthReport = async (
  checks: Readonly<Record<string, HealthCheck>>,
  server: { version: string; uptimeSeconds: number },
): Promise<Health> => {
  const components = Object.fromEntries(
    await Promise.all(Object.entries(checks).map(async ([name, check]) => [name, await ask(check)] as const)),
  );
  return {
    status: worst(Object.values(components).map((component) => component.status)),
    version: server.version,
    uptime_seconds: server.uptimeSeconds,
    components,
  };
};

/** The health of the storage by its state: a full disk still reads. */
export const storageHealth = (state: 'ok' | 'full' | 'failed'): ComponentHealth => {
  if (state === 'ok') return { status: 'ok' };
  return state === 'full'
    ? { status: 'degraded', detail: 'The disk is full: reading goes on, nothing can be written until space is free.' }
    : { status: 'down', detail: 'The storage failed; the server has to be started again.' };
};
