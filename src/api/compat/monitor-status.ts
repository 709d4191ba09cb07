import type { HomeDesk } from "#api/homes/desk.ts";
import { type MeterStretch, meterStretches } from "#api/homes/meter-rows.ts";
import type { RouteDeps } from "#api/route-kit.ts";
import type { OldStatus } from "#contract/old-tasmota.ts";
import type { Store } from "#store/store.ts";
import { clockOf } from "./monitor-desk.ts";
import { oldTimeOrNull } from "./old-time.ts";

const HOUR_MS = 3_600_000;

/** How the reader, the broker and the table stand, true to life. */
export async function monitorStatus(desk: HomeDesk | undefined, deps: RouteDeps, ownUrl: string): Promise<OldStatus> {
  const { actions, jobs, store } = deps;
  const zone = clockOf(desk);
  const stretches = desk === undefined ? [] : await meterStretches(desk, store);
  const newest = stretches.at(-1);
  const source = actions.sources().find(({ name }) => name === newest?.source);
  const brokers = actions.brokers();
  const broker = brokers.find(({ name }) => name === source?.broker) ?? brokers.find(({ state }) => state === "connected") ?? brokers[0];
  return {
    status: "ok",
    mqtt_connected: broker?.state === "connected",
    topic: source?.topics[0] ?? null,
    tasmota_url: desk?.reports.settings.readerUrl ?? null,
    flask_url: ownUrl,
    mqtt_server: broker?.address ?? null,
    last_reading: oldTimeOrNull(newest?.lastMs, zone),
    num_readings_last_hour: newest === undefined ? 0 : await readingsOf(store, newest, deps.nowMs()),
    num_total_readings: await totalOf(store, stretches),
    jobs: ((await jobs?.list()) ?? []).map(({ job, nextMs, history }) => ({
      job: job.title,
      next_run: oldTimeOrNull(nextMs, zone),
      last_run: oldTimeOrNull(history[0]?.startedMs, zone),
    })),
  };
}

/** Readings of the hour until now: those of the series that has most. */
async function readingsOf(store: Store, { series }: MeterStretch, nowMs: number): Promise<number> {
  const range = { fromMs: nowMs - HOUR_MS, toMs: nowMs + 1 };
  const columns = await Promise.all([...series.values()].map(({ id }) => store.read(id, range)));
  return Math.max(0, ...columns.map(({ tMs }) => tMs.length));
}

async function totalOf(store: Store, stretches: readonly MeterStretch[]): Promise<number> {
  let total = 0;
  for (const { series } of stretches) {
    const extents = await store.extent([...series.values()].map(({ id }) => id));
    total += Math.max(0, ...extents.map(({ count }) => count));
  }
  return total;
}
