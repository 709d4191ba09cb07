import { Counter, Gauge, Registry } from "prom-client";
import type { Store } from "#store/store.ts";
import type { Actions } from "./actions.ts";
import { ledgerAnswer } from "./source-info.ts";

interface MetricsDeps {
  readonly store: Pick<Store, "ledger" | "stats">;
  readonly actions: Pick<Actions, "brokers" | "messagesPerSecond">;
  readonly live: { readonly size: number };
  readonly config: { readonly version: string; readonly startedMs: number };
}

const ITEM_OUTCOMES = ["stored", "replaced", "duplicate", "refused", "rejected", "spooled"] as const;

/** What Prometheus reads, in its text format. Every figure is asked for at the moment of the scrape; none is kept here. */
export function openMetrics(deps: MetricsDeps): { contentType: string; text: () => Promise<string> } {
  const registry = new Registry();
  const gauge = (name: string, help: string, labelNames: string[] = []): Gauge =>
    new Gauge({ name, help, labelNames, registers: [registry] });
  const counter = (name: string, help: string, labelNames: string[] = []): Counter =>
    new Counter({ name, help, labelNames, registers: [registry] });

  const info = gauge("wattkeep_info", "1, with the version", ["version"]);
  const started = gauge("wattkeep_start_time_seconds", "When the server started");
  const messages = counter("wattkeep_messages_total", "Messages per source: with items, or without and why", ["source", "what"]);
  const items = counter("wattkeep_items_total", "Items per source and what became of them", ["source", "outcome"]);
  const balance = gauge("wattkeep_ledger_balance", "Both sums of the ledger; anything but 0 is a fault", ["source", "sum"]);
  const commits = counter("wattkeep_store_commits_total", "Commits since the start");
  const commitP99 = gauge("wattkeep_store_commit_p99_milliseconds", "Slowest of a hundred commits");
  const storeBytes = gauge("wattkeep_store_bytes", "Bytes of the store", ["part"]);
  const storeRows = gauge("wattkeep_store_rows", "Samples, series, blocks and waiting rows of the store", ["what"]);
  const rate = gauge("wattkeep_messages_per_second", "Messages per second, over the last moments");
  const readers = gauge("wattkeep_live_clients", "Connected live readers");
  const doors = gauge("wattkeep_broker_connected", "1 where the broker is connected", ["broker"]);
  const memory = gauge("wattkeep_process_memory_bytes", "Memory of the process", ["part"]);
  info.set({ version: deps.config.version }, 1);
  started.set(deps.config.startedMs / 1000);

  const collect = async (): Promise<void> => {
    const [rows, stats] = await Promise.all([deps.store.ledger(), deps.store.stats()]);
    for (const metric of [messages, items, balance, commits, doors]) metric.reset();
    for (const row of ledgerAnswer(rows).sources) {
      messages.inc({ source: row.source, what: "with-items" }, row.withItems);
      for (const [what, count] of Object.entries(row.without)) messages.inc({ source: row.source, what }, count);
      for (const outcome of ITEM_OUTCOMES) items.inc({ source: row.source, outcome }, row[outcome]);
      balance.set({ source: row.source, sum: "messages" }, row.messagesBalance);
      balance.set({ source: row.source, sum: "items" }, row.itemsBalance);
    }
    commits.inc(stats.commits);
    commitP99.set(stats.commitMsP99);
    storeBytes.set({ part: "file" }, stats.fileBytes);
    storeBytes.set({ part: "log" }, stats.logBytes);
    storeBytes.set({ part: "tail" }, stats.tailBytes);
    for (const what of ["samples", "series", "blocks", "lateRows", "tailSamples"] as const) storeRows.set({ what }, stats[what]);
    rate.set(deps.actions.messagesPerSecond());
    readers.set(deps.live.size);
    for (const door of deps.actions.brokers()) doors.set({ broker: door.name }, door.state === "connected" ? 1 : 0);
    const { rss, heapUsed, external } = process.memoryUsage();
    memory.set({ part: "rss" }, rss);
    memory.set({ part: "heap" }, heapUsed);
    memory.set({ part: "external" }, external);
  };

  return {
    contentType: registry.contentType,
    text: async () => {
      await collect();
      return registry.metrics();
    },
  };
}
