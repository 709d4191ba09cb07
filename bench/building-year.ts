import type { Column } from "#series/column.ts";
import { type Series, seriesKey } from "#sites/registry.ts";
import type { Store } from "#store/store.ts";
import { dice } from "./home-data.ts";

/** A building of 400 boxes on 20 air handlers, every history polled each quarter-hour for a year. */
export const QUARTER_MS = 900_000;
export const ZONES = 400;
export const AIR_HANDLERS = 20;
export const ROWS = 365 * 96;
export const START_MS = Date.UTC(2025, 0, 1, 7);
export const END_MS = START_MS + ROWS * QUARTER_MS;
export const SITE = "bench";
export const ZONE = "America/Phoenix";

interface Told {
  readonly suffix: string;
  readonly quantity: string;
  readonly unit: string;
  value(k: number, about: Box): number;
}

interface Box {
  readonly index: number;
  readonly roll: () => number;
}

const hourOf = (k: number): number => (k / 4) % 24;
const isDay = (k: number): boolean => hourOf(k) >= 6 && hourOf(k) < 19;
const wantedCfm = (k: number, index: number): number =>
  isDay(k) ? Math.round(250 + (index % 7) * 40 + 80 * Math.sin((k + index) / 20)) : 0;

/** Five histories of each box. */
const OF_BOX: readonly Told[] = [
  {
    suffix: "Space Temp",
    quantity: "temperature",
    unit: "°F",
    value: (k, { index, roll }) => Math.round((72.5 + (index % 9) * 0.4 - 1 + 1.6 * Math.sin((k - index) / 15.3) + roll() * 0.6) * 10) / 10,
  },
  {
    suffix: "Effective Setpoint",
    quantity: "temperature-setpoint",
    unit: "°F",
    value: (k, { index }) => (isDay(k) ? 72 + (index % 4) * 0.5 : 68),
  },
  {
    suffix: "Box Flow",
    quantity: "airflow",
    unit: "cfm",
    value: (k, { index, roll }) => Math.max(0, Math.round(wantedCfm(k, index) * (index % 23 === 0 ? 0.5 : 1) + (roll() - 0.5) * 40)),
  },
  { suffix: "Flow Setpoint", quantity: "airflow-setpoint", unit: "cfm", value: (k, { index }) => wantedCfm(k, index) },
  {
    suffix: "Damper Position",
    quantity: "damper-position",
    unit: "%",
    value: (k, { index, roll }) => (isDay(k) ? Math.round(index % 23 === 0 ? 100 : 35 + 20 * Math.sin((k + index) / 20) + roll() * 3) : 10),
  },
];

const OF_AIR_HANDLER: readonly Told[] = [{ suffix: "Supply Fan Status", quantity: "value", unit: "", value: (k) => (isDay(k) ? 1 : 0) }];

/** Fills a store; answers how many series there are. */
export async function fillYear(store: Store): Promise<number> {
  const all = [
    ...Array.from({ length: ZONES }, (_, i) => ({ name: boxName(i), index: i, told: OF_BOX })),
    ...Array.from({ length: AIR_HANDLERS }, (_, i) => ({ name: `AHU-${i + 1}`, index: i, told: OF_AIR_HANDLER })),
  ].flatMap(({ name, index, told }) => told.map((one) => ({ name: `${name} ${one.suffix}`, equipment: name, index, told: one })));
  const rows = all.map((one, i) => ({ ...one, series: seriesOf(one.name, one.told, i + 1) }));
  await store.register({
    sites: [{ id: SITE, name: "Bench tower", zone: ZONE, currency: "USD" }],
    points: rows.map(({ name, series }) => ({ site: SITE, id: series.point, name, about: { station: "Bench", path: name } })),
    series: rows.map(({ series }) => series),
    facts: Array.from({ length: ZONES }, (_, i) => ({
      ...{ site: SITE, point: "", name: "building-equipment", fromMs: 0, who: "bench", madeMs: START_MS },
      value: JSON.stringify({ equipment: boxName(i).toLowerCase().replaceAll(" ", "-"), servedBy: `ahu-${(i % AIR_HANDLERS) + 1}` }),
    })),
  });
  const tMs = Float64Array.from({ length: ROWS }, (_, k) => START_MS + k * QUARTER_MS);
  const quality = new Uint16Array(ROWS);
  for (const { told, index, series } of rows) {
    const roll = dice(series.id);
    const column: Column = { tMs, value: Float64Array.from({ length: ROWS }, (_, k) => told.value(k, { index, roll })), quality };
    await store.importColumn(series.id, column, { receivedMs: END_MS });
  }
  return rows.length;
}

/** "VAV 1-01", twenty to a floor. */
function boxName(i: number): string {
  return `VAV ${Math.floor(i / 20) + 1}-${String((i % 20) + 1).padStart(2, "0")}`;
}

function seriesOf(name: string, { quantity, unit }: Told, id: number): Series {
  const point = name.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-");
  const parts = { site: SITE, point, quantity, source: "station" };
  return { id, key: seriesKey(parts), ...parts, kind: "gauge", unit, equalInstant: "last" };
}
