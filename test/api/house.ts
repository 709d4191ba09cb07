import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { FastifyInstance } from "fastify";
import type { Actions, Committed } from "#api/actions.ts";
import { buildApp } from "#api/app.ts";
import type { ApiConfig, ApiDeps } from "#api/deps.ts";
import { type Series, seriesKey, TEXT_UNIT } from "#sites/registry.ts";
import { openStore } from "#store/sqlite/sqlite-store.ts";
import type { Store } from "#store/store.ts";

/** 2026-03-01T00:00:00Z */
export const T0 = 1_772_323_200_000;
export const MINUTE_MS = 60_000;
export const HOUR_MS = 3_600_000;
export const DAY_MS = 86_400_000;

/** A server over a real store in a folder of its own, with doors that are quiet unless a test speaks. */
export interface House {
  readonly app: FastifyInstance;
  readonly store: Store;
  readonly logs: string[];
  nowMs: number;
  /** Says to the live room what a commit brought. */
  commit(committed: Partial<Committed>): void;
  close(): Promise<void>;
}

export const POWER = "plant/main/power@kyz";
export const ENERGY = "plant/main/energy-import@kyz";
export const STATE = "plant/ahu/state@bms";
export const ROOM = "tower/room/temperature@bms";

const one = (id: number, parts: Pick<Series, "site" | "point" | "quantity" | "source" | "kind" | "unit">): Series => ({
  id,
  key: seriesKey(parts),
  equalInstant: "last",
  ...parts,
});

export const SERIES: readonly Series[] = [
  one(1, { site: "plant", point: "main", quantity: "power", source: "kyz", kind: "gauge", unit: "kW" }),
  one(2, { site: "plant", point: "main", quantity: "energy-import", source: "kyz", kind: "counter", unit: "kWh" }),
  one(3, { site: "plant", point: "ahu", quantity: "state", source: "bms", kind: "state", unit: TEXT_UNIT }),
  one(4, { site: "tower", point: "room", quantity: "temperature", source: "bms", kind: "gauge", unit: "°C" }),
];

const CONFIG: ApiConfig = {
  version: "1.2.3",
  demo: false,
  startedMs: T0,
  basePath: "",
  listenHost: "127.0.0.1",
  publicHosts: [],
  allowedOrigins: [],
  trustProxy: false,
  anonymous: [],
  loopbackOpen: true,
};

/** Opens a house; close it at the end of the test. */
export async function openHouse(
  config: Partial<ApiConfig> = {},
  actions: Partial<Actions> = {},
  more: (store: Store, nowMs: () => number) => Promise<Partial<ApiDeps>> = async () => ({}),
): Promise<House> {
  const folder = mkdtempSync(join(tmpdir(), "wattkeep-api-"));
  const house = { nowMs: T0 + DAY_MS, logs: [] as string[] };
  const nowMs = (): number => house.nowMs;
  const store = await openStore({ folder, inProcess: true, nowMs });
  await store.register({
    sites: [
      { id: "plant", name: "Plant", zone: "America/Indiana/Indianapolis", currency: "USD" },
      { id: "tower", name: "Tower", zone: "Europe/Berlin", currency: "EUR", declared: { file: "wattkeep.yaml", line: 4 } },
    ],
    points: [
      { site: "plant", id: "main", name: "Main electricity" },
      { site: "plant", id: "ahu", name: "Air handler" },
      { site: "tower", id: "room", name: "Room", declared: { file: "wattkeep.yaml", line: 9 } },
    ],
    series: SERIES,
    codes: [
      { seriesId: 3, code: 1, text: "on" },
      { seriesId: 3, code: 2, text: "off" },
    ],
  });
  const listeners = new Set<(committed: Committed) => void>();
  const log = (about: object, message: string): number => house.logs.push(`${message} ${JSON.stringify(about)}`);
  const app = await buildApp({
    ...(await more(store, nowMs)),
    store,
    config: { ...CONFIG, ...config },
    nowMs,
    random: (count) => randomBytes(count),
    logger: { info: log, warn: log, error: log },
    actions: { ...quiet, onCommitted: (listener) => listen(listeners, listener), ...actions },
  });
  return Object.assign(house, {
    app,
    store,
    commit: (committed: Partial<Committed>) => {
      for (const listener of listeners) listener({ values: [], newSeries: [], changed: [], ...committed });
    },
    close: async () => {
      await app.close();
      await store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  });
}

function listen<T>(listeners: Set<T>, listener: T): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** What a house without brokers says. */
const quiet: Omit<Actions, "onCommitted"> = {
  brokers: () => [],
  sourceRates: () => new Map(),
  sources: () => [
    { name: "kyz", site: "plant", dialect: "kyz-pulse", dialectTitle: "KYZ pulses", topics: ["kyz/#"], demo: false },
    { name: "bms", site: "plant", dialect: "niagara", dialectTitle: "Niagara", topics: ["bms/#"], demo: false },
  ],
  unclaimed: () => [],
  redrive: async () => ({ tried: 0, mended: 0, stillRejected: 0, skipped: 0 }),
  messagesPerSecond: () => 0,
};

interface Rows {
  readonly tMs: readonly number[];
  readonly value: readonly number[];
  readonly quality?: readonly number[];
  readonly code?: readonly number[];
}

/** Stores samples of one series in one commit. */
export async function append(house: House, seriesId: number, rows: Rows): Promise<void> {
  const zeros = rows.tMs.map(() => 0);
  const source = SERIES.find((series) => series.id === seriesId)?.source ?? "kyz";
  await house.store.append({
    receivedMs: house.nowMs,
    samples: {
      seriesId: Int32Array.from(rows.tMs, () => seriesId),
      tMs: Float64Array.from(rows.tMs),
      value: Float64Array.from(rows.value),
      quality: Uint16Array.from(rows.quality ?? zeros),
      code: Uint16Array.from(rows.code ?? zeros),
    },
    rejects: [],
    messages: [{ source, withItems: 1, without: {} }],
  });
}

/** One answer, parsed. */
export async function get(house: House, url: string, headers: Record<string, string> = {}) {
  const answer = await house.app.inject({ url, headers: { host: "localhost", ...headers } });
  return { status: answer.statusCode, headers: answer.headers, text: answer.body, json: () => answer.json() };
}
