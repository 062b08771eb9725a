import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { VERSION } from '../version.ts';

/** What is looked at when somebody asks for the metrics. */
export interface MeterSources {
  engine: 'sqlite' | 'pg';
  /** Sockets and event streams open now, by whose they are. */
  sockets(): Record<'visitor' | 'operator' | 'greeting', number>;
  commandsWaiting(): number;
  /** Open conversations, by whether an operator has them. */
  conversations(): Promise<Record<'unassigned' | 'assigned', number>>;
}

/** Counts what the relay does, in labels that are few and known: never a person, a conversation or an address. */
export interface Meter {
  readonly contentType: string;
  /** The metrics in Prometheus' text format. */
  read(): Promise<string>;
  verdict(role: string, verdict: 'ack' | 'reject' | 'retry' | 'unknown'): void;
  /** An error that somebody was answered, wherever. */
  answeredError(code: string): void;
  /** A socket that was not let in, or not welcomed. */
  refusedSocket(code: string): void;
  /** A socket that the relay ended. */
  closedSocket(role: string, reason: string): void;
  committed(writes: number, ms: number): void;
  published(): void;
  request(method: string, route: string, status: number, ms: number): void;
  /** Something that should not happen and was logged. */
  failed(where: string): void;
  searched(found: number): void;
}

const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 2.5];
const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

export function createMeter(sources: MeterSources): Meter {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });

  new Gauge({
    ...{ name: 'frontdesk_info', help: 'Always 1; what runs here', labelNames: ['version', 'engine'], registers },
  }).set({ version: VERSION, engine: sources.engine }, 1);
  new Gauge({
    ...{ name: 'frontdesk_sockets', help: 'Sockets and event streams open now', labelNames: ['role'], registers },
    collect() {
      for (const [role, count] of Object.entries(sources.sockets())) this.set({ role }, count);
    },
  });
  new Gauge({
    ...{ name: 'frontdesk_commands_waiting', help: 'Writes that wait for their commit', registers },
    collect() {
      this.set(sources.commandsWaiting());
    },
  });
  new Gauge({
    ...{ name: 'frontdesk_conversations_open', help: 'Open conversations', labelNames: ['state'], registers },
    async collect() {
      for (const [state, count] of Object.entries(await sources.conversations())) this.set({ state }, count);
    },
  });

  const counter = <L extends string>(name: string, help: string, ...labelNames: L[]) =>
    new Counter({ name, help, labelNames, registers });
  const histogram = <L extends string>(name: string, help: string, buckets: number[], ...labelNames: L[]) =>
    new Histogram({ name, help, buckets, labelNames, registers });

  const verdicts = counter('frontdesk_commands_total', 'Commands by their verdict', 'role', 'verdict');
  const errors = counter('frontdesk_errors_total', 'Errors that were answered, by code', 'code');
  const refused = counter('frontdesk_sockets_refused_total', 'Sockets that were not welcomed', 'code');
  const closed = counter('frontdesk_sockets_closed_total', 'Sockets that the relay ended', 'role', 'reason');
  const published = counter('frontdesk_published_total', 'Frames given to the bus, once for each audience');
  const failures = counter('frontdesk_failures_total', 'Failures that were logged as errors', 'where');
  const searches = counter('frontdesk_article_searches_total', 'Searches for articles', 'found');
  const writes = histogram('frontdesk_commit_writes', 'Writes in one commit', [1, 2, 5, 10, 25, 50, 100, 250, 512]);
  const commits = histogram('frontdesk_commit_seconds', 'Duration of a commit, its writes included', SECONDS);
  const requests = histogram(
    ...['frontdesk_http_request_seconds' as const, 'Answers over HTTP, by route and class of status' as const],
    ...[[0.005, 0.025, 0.1, 0.5, 2.5]],
    ...(['method', 'route', 'status'] as const),
  );

  return {
    contentType: registry.contentType,
    read: () => registry.metrics(),
    verdict: (role, verdict) => verdicts.inc({ role, verdict }),
    answeredError: (code) => errors.inc({ code }),
    refusedSocket: (code) => refused.inc({ code }),
    closedSocket: (role, reason) => closed.inc({ role, reason }),
    committed(count, ms) {
      writes.observe(count);
      commits.observe(ms / 1_000);
    },
    published: () => published.inc(),
    request: (method, route, status, ms) =>
      requests.observe(
        { method: METHODS.has(method) ? method : 'other', route, status: `${Math.floor(status / 100)}xx` },
        ms / 1_000,
      ),
    failed: (where) => failures.inc({ where }),
    searched: (found) => searches.inc({ found: found > 0 ? 'some' : 'none' }),
  };
}
