import { constants, monitorEventLoopDelay, PerformanceObserver, type PerformanceEntry } from 'node:perf_hooks';
import { Gauge, Histogram, type Registry } from 'prom-client';

const nanosecondsPerSecond = 1e9;
const lagResolutionMs = 20;

const gcKinds = new Map<number, string>([
  [constants.NODE_PERFORMANCE_GC_MAJOR, 'major'],
  [constants.NODE_PERFORMANCE_GC_MINOR, 'minor'],
  [constants.NODE_PERFORMANCE_GC_INCREMENTAL, 'incremental'],
  [constants.NODE_PERFORMANCE_GC_WEAKCB, 'weakcb'],
]);

const gcKindOf = (entry: PerformanceEntry): string => {
  const { kind } = (entry as PerformanceEntry & { detail: { kind: number } }).detail;
  return gcKinds.get(kind) ?? 'other';
};

const addGauge = (registry: Registry, name: string, help: string, read: () => number): void => {
  new Gauge({
    name,
    help,
    registers: [registry],
    collect() {
      this.set(read());
    },
  });
};

const addMemoryAndCpu = (registry: Registry): void => {
  const startedAtSeconds = Math.round(performance.timeOrigin / 1000);
  const cpuSeconds = () => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1e6;
  };
  addGauge(registry, 'process_cpu_seconds_total', 'CPU time used, user and system.', cpuSeconds);
  addGauge(registry, 'process_start_time_seconds', 'When the process started.', () => startedAtSeconds);
  addGauge(registry, 'process_resident_memory_bytes', 'Resident memory.', () => process.memoryUsage.rss());
  addGauge(registry, 'nodejs_heap_size_used_bytes', 'Heap in use.', () => process.memoryUsage().heapUsed);
  addGauge(registry, 'nodejs_external_memory_bytes', 'Memory outside the heap.', () => process.memoryUsage().external);
};

const addEventLoopLag = (registry: Registry): (() => void) => {
  const lag = monitorEventLoopDelay({ resolution: lagResolutionMs });
  lag.enable();
  new Gauge({
    name: 'nodejs_eventloop_lag_seconds',
    help: 'Lag of the event loop since the last scrape, by quantile.',
    labelNames: ['quantile'],
    registers: [registry],
    collect() {
      for (const quantile of [0.5, 0.9, 0.99, 1]) {
        const lagNs = lag.count === 0 ? 0 : lag.percentile(quantile * 100) - lagResolutionMs * 1e6;
        this.set({ quantile: String(quantile) }, Math.max(0, lagNs) / nanosecondsPerSecond);
      }
      lag.reset();
    },
  });
  return () => lag.disable();
};

const addGarbageCollection = (registry: Registry): (() => void) => {
  const pauses = new Histogram({
    name: 'nodejs_gc_duration_seconds',
    help: 'Pauses for garbage collection by kind.',
    labelNames: ['kind'],
    buckets: [0.001, 0.01, 0.1, 1],
    registers: [registry],
  });
  const observer = new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) pauses.observe({ kind: gcKindOf(entry) }, entry.duration / 1000);
  });
  observer.observe({ entryTypes: ['gc'] });
  return () => observer.disconnect();
};

/**
 * Adds the figures of the process, under the names that Prometheus dashboards for Node know, and returns what stops measuring.
 * prom-client's own default metrics are not used because their observers cannot be stopped, so each closed server would leak some.
 */
export const addProcessMetrics = (registry: Registry): (() => void) => {
  addMemoryAndCpu(registry);
  const stops = [addEventLoopLag(registry), addGarbageCollection(registry)];
  return () => stops.forEach((stop) => stop());
};
