import { below, type GateRow } from './gate-table.ts';

/** The part of the benchmark's results that is read here, in milliseconds at the 99th percentile. */
export type BenchResults = {
  gate: { create_p99_ms: number | null; list_p99_ms: number | null; event_p99_ms: number | null };
};

/** The latencies under the load of the benchmark against what is promised. */
export function latencyRows({ gate }: BenchResults): GateRow[] {
  return [
    below('create a task, p99', gate.create_p99_ms, 200),
    below('list 100 tasks, p99', gate.list_p99_ms, 500),
    below('request to event, p99', gate.event_p99_ms, 100),
  ];
}
