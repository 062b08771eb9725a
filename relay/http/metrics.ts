import { Counter, collectDefaultMetrics, Gauge, Registry } from 'prom-client';

/** What the relay can say of itself in numbers; read when somebody asks. */
export interface MetricSources {
  sockets(): number;
  commandsWaiting(): number;
  commits(): { batches: number; writes: number };
}

/** `/metrics` for Prometheus: the process's own figures, sockets, and how many writes share a commit. */
export function createMetrics(sources: MetricSources): { contentType: string; read(): Promise<string> } {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const gauge = (name: string, help: string, value: () => number) =>
    new Gauge({
      ...{ name, help, registers: [registry] },
      collect() {
        this.set(value());
      },
    });
  const counter = (name: string, help: string, value: () => number) =>
    new Counter({
      ...{ name, help, registers: [registry] },
      collect() {
        this.reset();
        this.inc(value());
      },
    });
  gauge('frontdesk_sockets', 'Sockets and event streams open now', sources.sockets);
  gauge('frontdesk_commands_waiting', 'Writes that wait for their commit', sources.commandsWaiting);
  counter('frontdesk_commits_total', 'Transactions committed', () => sources.commits().batches);
  counter('frontdesk_writes_total', 'Writes in them', () => sources.commits().writes);
  return { contentType: registry.contentType, read: () => registry.metrics() };
}
