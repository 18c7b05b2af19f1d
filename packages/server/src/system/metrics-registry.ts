import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import { addProcessMetrics } from './process-metrics.ts';

type RequestSeries = { count: () => void; observe: (seconds: number) => void };

/** A figure that is read when it is asked for. A read that fails shows as NaN: no figure is invented. */
export type WatchedFigure = { name: string; help: string; read: () => number | Promise<number> };

/** A state that is read when it is asked for; each of `states` is a series that is 1 when it is the present one. */
export type WatchedState = { name: string; help: string; states: readonly string[]; read: () => string };

const requestBuckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.5, 1, 5];
const groupBuckets = [1, 2, 4, 8, 16, 32, 64, 128, 256];

/**
 * The figures of one server. The methods that are called on hot paths only add to numbers; all else happens when the figures are
 * read. Dispose it with the server: it measures the event loop and the garbage collection until then.
 */
export class MetricsRegistry {
  readonly #registry = new Registry();
  readonly #requests = new Map<string, RequestSeries>();
  readonly #requestCount: Counter<'method' | 'route' | 'status'>;
  readonly #requestDuration: Histogram<'method' | 'route' | 'status'>;
  readonly #commitGroups: Histogram;
  readonly #stopProcessMetrics: () => void;
  #appended = 0;
  #delivered = 0;

  constructor() {
    const registers = [this.#registry];
    const labelNames = ['method', 'route', 'status'] as const;
    this.#requestCount = new Counter({
      name: 'leanvibe_http_requests_total',
      help: 'Requests answered, by route pattern and status.',
      labelNames,
      registers,
    });
    this.#requestDuration = new Histogram({
      name: 'leanvibe_http_request_duration_seconds',
      help: 'Time from the arrival of a request to the end of its answer.',
      labelNames,
      buckets: requestBuckets,
      registers,
    });
    this.#commitGroups = new Histogram({
      name: 'leanvibe_commit_group_size',
      help: 'Write sets that were committed together; the count is the number of commits.',
      buckets: groupBuckets,
      registers,
    });
    this.#addTotal('leanvibe_events_appended_total', 'Events appended to logs.', () => this.#appended);
    this.#addTotal('leanvibe_events_delivered_total', 'Events sent to sockets and streams.', () => this.#delivered);
    this.#stopProcessMetrics = addProcessMetrics(this.#registry);
  }

  /** The media type of `text`. */
  get contentType(): string {
    return this.#registry.contentType;
  }

  /** Counts an answered request; `route` is the pattern of its path, never the path itself. */
  requestFinished(method: string, route: string, status: number, durationMs: number): void {
    const key = `${method} ${status} ${route}`;
    let series = this.#requests.get(key);
    if (series === undefined) {
      series = this.#requestSeries(method, route, String(status));
      this.#requests.set(key, series);
    }
    series.count();
    series.observe(durationMs / 1000);
  }

  /** Counts events that were appended to a log. */
  eventsAppended(count: number): void {
    this.#appended += count;
  }

  /** Counts events that were written to a socket or stream. */
  eventsDelivered(count: number): void {
    this.#delivered += count;
  }

  /** Counts a commit of this many write sets. */
  committed(groupSize: number): void {
    this.#commitGroups.observe(groupSize);
  }

  /** Shows a figure that someone else keeps, such as the number of open sockets. */
  watch({ name, help, read }: WatchedFigure): void {
    new Gauge({
      name,
      help,
      registers: [this.#registry],
      async collect() {
        try {
          this.set(await read());
        } catch {
          this.set(Number.NaN);
        }
      },
    });
  }

  /** Shows a state that someone else keeps, such as that of the storage. */
  watchState({ name, help, states, read }: WatchedState): void {
    new Gauge({
      name,
      help,
      labelNames: ['state'],
      registers: [this.#registry],
      collect() {
        const present = read();
        for (const state of states) this.set({ state }, state === present ? 1 : 0);
      },
    });
  }

  /** All figures in the text format of Prometheus. */
  text(): Promise<string> {
    return this.#registry.metrics();
  }

  /** Stops measuring. */
  [Symbol.dispose](): void {
    this.#stopProcessMetrics();
    this.#registry.clear();
  }

  #requestSeries(method: string, route: string, status: string): RequestSeries {
    const count = this.#requestCount.labels(method, route, status);
    const duration = this.#requestDuration.labels(method, route, status);
    return { count: () => count.inc(), observe: (seconds) => duration.observe(seconds) };
  }

  #addTotal(name: string, help: string, read: () => number): void {
    new Counter({
      name,
      help,
      registers: [this.#registry],
      collect() {
        this.reset();
        this.inc(read());
      },
    });
  }
}
