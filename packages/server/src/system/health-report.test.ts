import { Health } from '@leanvibe/protocol/health';
import { describe, expect, it } from 'vitest';
import { healthReport, storageHealth, type HealthCheck } from './health-report.ts';

const server = { version: '1.2.3', uptimeSeconds: 4.5 };
const ok: HealthCheck = () => ({ status: 'ok' });
const degraded: HealthCheck = () => ({ status: 'degraded', detail: 'slow' });
const down: HealthCheck = () => ({ status: 'down' });

describe('healthReport', () => {
  it.each([
    ['ok', { A: ok, B: ok }],
    ['degraded', { A: ok, B: degraded }],
    ['down', { A: degraded, B: down, C: ok }],
    ['ok', {}],
  ] as const)('[C9] is %s as the worst component is', async (status, components) => {
    const report = await healthReport(components, server);
    expect(report.status).toBe(status);
    expect(Object.keys(report.components)).toEqual(Object.keys(components));
    expect(Health.safeParse(report).success).toBe(true);
  });

  it('[C3] counts a component that fails to answer as down, and does not tell why to the outside', async () => {
    const broken = () => Promise.reject(new Error('/home/ada/secret.db'));
    const report = await healthReport({ Store: broken }, server);
    expect(report.status).toBe('down');
    expect(JSON.stringify(report)).not.toContain('secret');
  });

  it.each([
    ['ok', 'ok'],
    ['full', 'degraded'],
    ['failed', 'down'],
  ] as const)('[C9] a storage that is %s is %s', (state, status) => {
    expect(storageHealth(state).status).toBe(status);
  });
});
