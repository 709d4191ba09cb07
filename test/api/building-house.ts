import type { ApiConfig } from "#api/deps.ts";
import { type Zone, zoneNamed } from "#calendar/zone.ts";
import { DIALECTS } from "#dialects/catalogue.ts";
import { openLine } from "#intake/line.ts";
import type { Source } from "#intake/source.ts";
import type { BuildingReports } from "#reports/building.ts";
import type { BuildingSettings } from "#reports/building-settings.ts";
import { openSiteBuilding } from "#reports/open-building.ts";
import type { Store } from "#store/store.ts";
import { type House, openHouse } from "./house.ts";

export const ZONE: Zone = zoneNamed("America/Phoenix");
export const SITE = "shop";
export const STATION = "AmsShop";
const SOURCE = "station";
const SILENT = { info() {}, warn() {}, error() {} };

/** The instant of a clock reading at the building, seven hours behind UTC all year. */
export function at(clock: string): number {
  return ZONE.instantOf(Date.parse(`${clock.replace(" ", "T")}Z`), "earlier");
}

/** Tuesday 10 March 2026, 14:00 at the building. */
export const NOW_MS = at("2026-03-10 14:00:00");
export const MINUTE_MS = 60_000;

export const SETTINGS: BuildingSettings = {
  ...{ site: SITE, siteName: "Shop", zone: ZONE.id, currency: "USD", holidays: [], declared: true },
  occupancy: { fromMinute: 7 * 60, toMinute: 18 * 60, weekdays: [1, 2, 3, 4, 5], warmUpMinutes: 60 },
  ...{ band: 2, bandUnit: "°F", flow: { percent: 10, absoluteCfm: 50, pairingMs: 30_000 }, health: "later" },
  ...{ sentinels: [-250], flatMs: 24 * 3_600_000, silenceMs: 2 * 3_600_000, rules: [], decisions: [], equipment: [], ranked: [SOURCE] },
};

const source: Source = {
  ...{ name: SOURCE, site: SITE, topics: ["niagara/#"], dialect: "niagara-history", points: new Map(), keepRawMs: 0 },
  options: { units: { temperature: "°F", airflow: "cfm" }, zone: undefined, plainStation: undefined },
};

/** One row of a history: when, what, and the sender's status. */
export type SaidRow = readonly [tMs: number, value: number | string | boolean, status?: string];

/** A frame as a station publishes it. */
export function frame(path: string, rows: readonly SaidRow[], more: { readonly station?: string } & Record<string, unknown> = {}): object {
  const { station = STATION, ...rest } = more;
  return {
    messageType: "history",
    stationName: station,
    historyId: `/${station}/${path}`,
    historyData: rows.map(([tMs, value, status]) => ({
      timestamp: new Date(tMs).toISOString().replace("T", " ").replace("Z", "+0000"),
      value,
      ...(status === undefined ? {} : { status }),
    })),
    ...rest,
  };
}

export interface BuildingHouse extends House {
  /** Frames as a broker would bring them, stored when it resolves. */
  hear(...frames: readonly object[]): Promise<void>;
  readonly reports: BuildingReports;
}

export interface BuildingWish {
  readonly config?: Partial<ApiConfig>;
  readonly settings?: Partial<BuildingSettings>;
  /** False where no building has been heard of. */
  readonly heard?: boolean;
}

/** A server over a store that a station speaks to. */
export async function openBuildingHouse({ config = {}, settings = {}, heard = true }: BuildingWish = {}): Promise<BuildingHouse> {
  let reports: BuildingReports | undefined;
  const house = await openHouse({ niagara: { site: SITE }, ...config }, {}, async (store, nowMs) => {
    await store.register({ sites: [{ id: SITE, name: "Shop", zone: ZONE.id, currency: "USD" }] });
    const opened = openSiteBuilding(store, { ...SETTINGS, ...settings }, { nowMs });
    reports = opened;
    return { buildings: () => (heard ? [opened] : []) };
  });
  house.nowMs = NOW_MS;
  const hear = await hearing(house.store, () => house.nowMs);
  const shut = house.close;
  return Object.assign(house, {
    hear: hear.hear,
    reports: reports as unknown as BuildingReports,
    async close(): Promise<void> {
      await hear.close();
      await shut();
    },
  });
}

async function hearing(store: Store, nowMs: () => number) {
  const { sites } = await store.registry();
  const line = await openLine({ store, sources: [source], dialects: DIALECTS, sites, nowMs, logger: SILENT });
  return {
    hear: async (...frames: readonly object[]): Promise<void> => {
      const body = new TextEncoder().encode(JSON.stringify(frames));
      const message = { source: SOURCE, topic: "niagara/histories", body, receivedMs: nowMs(), qos: 1 as const, retained: false };
      await line.take([{ message }]);
    },
    close: () => line.close(),
  };
}

/** Rows at even distances from a beginning. */
export function every(stepMs: number, fromMs: number, values: readonly (number | string)[]): SaidRow[] {
  return values.map((value, i) => [fromMs + i * stepMs, value]);
}

/** Tuesday 10 March 2026, 08:00: the building is occupied. */
export const MORNING_MS = at("2026-03-10 08:00:00");
export const TEN_MS = 10 * MINUTE_MS;

/** A box whose temperature, setpoint, airflow, damper and reheat are polled every ten minutes, and the unit that serves it. */
export const BOX = [
  frame("Vav1$2d01$20Space$20Temp", every(TEN_MS, MORNING_MS, [72, 73, 74, 75, 76, 71])),
  frame("Vav1$2d01$20Effective$20Setpoint", every(TEN_MS, MORNING_MS, [72, 72, 72, 72, 72, 72])),
  frame("Vav1$2d01$20Box$20Flow", every(TEN_MS, MORNING_MS, [500, 500, 500, 300, 500, 500])),
  frame("Vav1$2d01$20Box$20Flow$20Setpoint", every(TEN_MS, MORNING_MS, [500, 500, 500, 500, 500, 500])),
  frame("Vav1$2d01$20Damper$20Position", every(TEN_MS, MORNING_MS, [50, 50, 50, 100, 50, 50])),
  frame("Vav1$2d01$20Reheat", every(TEN_MS, MORNING_MS, [0, 0, 0, 0, 50, 0])),
  frame("Rtu1$20Fan$20Status", every(TEN_MS, MORNING_MS, ["On", "Off", "On", "On", "On", "Off"])),
  frame("Rtu1$20Discharge$20Air$20Temp", every(TEN_MS, MORNING_MS, [55, 55, 60])),
  frame("Rtu1$20Discharge$20Air$20Setpoint", every(TEN_MS, MORNING_MS, [55, 55, 55])),
];
