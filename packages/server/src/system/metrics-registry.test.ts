import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { MetricsRegistry } from './metrics-registry.ts';

const linesOf = async (metrics: MetricsRegistry, name: string): Promise<string[]> =>
  (await metrics.text()).split('\n').filter((line) => line.startsWith(name));

describe('MetricsRegistry', () => {
  it('[C9] counts requests by method, route and status, with their duration', async () => {
    using metrics = new MetricsRegistry();
    metrics.requestFinished('GET', '/tasks/:client_id', 200, 3);
    metrics.requestFinished('GET', '/tasks/:client_id', 200, 30);
    metrics.requestFinished('GET', '/tasks/:client_id', 404, 1);
    expect(await linesOf(metrics, 'leanvibe_http_requests_total')).toEqual([
      'leanvibe_http_requests_total{method="GET",route="/tasks/:client_id",status="200"} 2',
      'leanvibe_http_requests_total{method="GET",route="/tasks/:client_id",status="404"} 1',
    ]);
    const durations = await linesOf(metrics, 'leanvibe_http_request_duration_seconds');
    const labels = 'method="GET",route="/tasks/:client_id",status="200"';
    expect(durations).toContain(`leanvibe_http_request_duration_seconds_bucket{le="0.005",${labels}} 1`);
    expect(durations).toContain(`leanvibe_http_request_duration_seconds_bucket{le="0.05",${labels}} 2`);
    expect(durations).toContain(`leanvibe_http_request_duration_seconds_sum{${labels}} 0.033`);
  });

  it('[C9] shows totals that do not grow by being read', async () => {
    using metrics = new MetricsRegistry();
    metrics.eventsAppended(2);
    metrics.eventsAppended(3);
    metrics.eventsDelivered(40);
    await metrics.text();
    expect(await linesOf(metrics, 'leanvibe_events_appended_total')).toEqual(['leanvibe_events_appended_total 5']);
    expect(await linesOf(metrics, 'leanvibe_events_delivered_total')).toEqual(['leanvibe_events_delivered_total 40']);
  });

  it('[C9] shows how many write sets are committed together', async () => {
    using metrics = new MetricsRegistry();
    metrics.committed(1);
    metrics.committed(7);
    const lines = await linesOf(metrics, 'leanvibe_commit_group_size');
    expect(lines).toContain('leanvibe_commit_group_size_count 2');
    expect(lines).toContain('leanvibe_commit_group_size_sum 8');
    expect(lines).toContain('leanvibe_commit_group_size_bucket{le="4"} 1');
  });

  it('[C9] reads watched figures when it is asked', async () => {
    using metrics = new MetricsRegistry();
    let sockets = 0;
    metrics.watch({ name: 'leanvibe_open_sockets', help: 'Open sockets.', read: () => sockets });
    metrics.watch({ name: 'leanvibe_storage_bytes', help: 'Bytes.', read: () => Promise.resolve(4096) });
    sockets = 3;
    expect(await linesOf(metrics, 'leanvibe_open_sockets')).toEqual(['leanvibe_open_sockets 3']);
    expect(await linesOf(metrics, 'leanvibe_storage_bytes')).toEqual(['leanvibe_storage_bytes 4096']);
  });

  it('[M1] invents no figure when one cannot be read, and shows the others', async () => {
    using metrics = new MetricsRegistry();
    const read = () => Promise.reject(new Error('no disk'));
    metrics.watch({ name: 'leanvibe_storage_bytes', help: 'Bytes.', read });
    expect(await linesOf(metrics, 'leanvibe_storage_bytes')).toEqual(['leanvibe_storage_bytes Nan']);
    expect(await linesOf(metrics, 'process_resident_memory_bytes')).toHaveLength(1);
  });

  it('[C9] shows a state as one series for each that is possible', async () => {
    using metrics = new MetricsRegistry();
    const states = ['ok', 'full', 'failed'];
    metrics.watchState({ name: 'leanvibe_storage_state', help: 'State.', states, read: () => 'full' });
    expect(await linesOf(metrics, 'leanvibe_storage_state')).toEqual([
      'leanvibe_storage_state{state="ok"} 0',
      'leanvibe_storage_state{state="full"} 1',
      'leanvibe_storage_state{state="failed"} 0',
    ]);
  });

  it('[C9] measures the process, its event loop and its garbage collection', async () => {
    using metrics = new MetricsRegistry();
    await setImmediate();
    for (const name of ['process_cpu_seconds_total', 'process_start_time_seconds', 'nodejs_heap_size_used_bytes']) {
      const [line] = await linesOf(metrics, name);
      expect(Number(line?.split(' ').at(-1))).toBeGreaterThan(0);
    }
    expect(await linesOf(metrics, 'nodejs_eventloop_lag_seconds')).toHaveLength(4);
    expect(await metrics.text()).toContain('# TYPE nodejs_gc_duration_seconds histogram');
    expect(metrics.contentType).toContain('text/plain');
  });

  it('[C9] keeps the figures of two servers in one process apart', async () => {
    using first = new MetricsRegistry();
    using second = new MetricsRegistry();
    first.eventsAppended(1);
    expect(await linesOf(second, 'leanvibe_events_appended_total')).toEqual(['leanvibe_events_appended_total 0']);
  });
});
