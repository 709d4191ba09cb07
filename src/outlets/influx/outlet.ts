import { zoneNamed } from "#calendar/zone.ts";
import type { MeterReports } from "#reports/meters.ts";
import type { Store } from "#store/store.ts";
import { ENERGY, ENERGY_FIELDS, type EnergyColumn, type EnergyQuantity, energyPoints } from "./energy-points.ts";
import { ALWAYS, addToSeries, keepSeries, type Tally } from "./keep-series.ts";
import { MEASUREMENTS, meterPoints } from "./meter-points.ts";
import { openTarget } from "./open-target.ts";
import { bucketOf, type InfluxOutletSettings } from "./settings.ts";
import type { InfluxTarget } from "./target.ts";
import { InfluxTrouble } from "./trouble.ts";

export interface OutletParts {
  readonly settings: InfluxOutletSettings;
  readonly meters: () => readonly MeterReports[];
  readonly store: Pick<Store, "registry" | "read" | "setting" | "saveSetting">;
  /** Sources of suppliers: what they say of each hour goes to the raw bucket. */
  readonly suppliers: readonly string[];
  readonly nowMs: () => number;
}

/** What a pass may do beside its work. */
export interface Pass {
  readonly signal: AbortSignal;
  progress(done: number, total: number, what: string): unknown;
  note(text: string): void;
}

export interface PassReport extends Tally {
  readonly meters: number;
  readonly anomalies: number;
  readonly hours: number;
}

/** Tags that were written, so that a meter that is no longer there takes its points with it. */
const WRITTEN = "influx-outlet.meters";

/**
 * Writes the results of every meter, so that InfluxDB holds what is known now and nothing else of them.
 * Errors: InfluxTrouble.
 */
export async function passOut(parts: OutletParts, pass: Pass): Promise<PassReport> {
  const { settings } = parts;
  const target = openTarget(settings.server, pass.signal);
  if (!(await target.exists())) {
    await target.make();
    pass.note(`${bucketOf(settings.server)} was not there; it is made, and keeps its points for good.`);
  }
  const tally: Tally = { written: 0, removed: 0, same: 0 };
  await noteTags(parts);
  const { names, anomalies } = await results(parts, pass, { target, tally });
  await removeGone(parts, { target, tally, names, pass });
  const hours = settings.raw === undefined ? 0 : await supplierHours(parts, openTarget(settings.raw, pass.signal), tally);
  return { ...tally, meters: names.length, anomalies, hours };
}

interface Out {
  readonly target: InfluxTarget;
  readonly tally: Tally;
}

async function results(parts: OutletParts, pass: Pass, { target, tally }: Out): Promise<{ names: string[]; anomalies: number }> {
  const { meters, nowMs, settings } = parts;
  const nameOf = tagNames(meters());
  const names: string[] = [];
  let count = 0;
  for (const reports of meters()) {
    const zone = zoneNamed(reports.settings.zone);
    // Whole days: what changes with every minute would be written with every pass.
    const toMs = zone.startOf("day", nowMs());
    const fromMs = await beginning(reports, zone, toMs);
    const told = (await reports.anomalies({ fromMs, toMs: nowMs() })).filter(({ dismissed }) => dismissed === undefined);
    for (const { id } of reports.settings.meters) {
      if (pass.signal.aborted) throw new InfluxTrouble("It was told to end; what is written stays.", true);
      pass.progress(names.length, nameOf.size, "meters");
      const days = await reports.consumption(id, { fromMs, toMs, by: "day" });
      const months = await reports.consumption(id, { fromMs, toMs, by: "month" });
      if (days === undefined || months === undefined) continue;
      const anomalies = told.filter(({ meter }) => meter === id);
      const points = meterPoints({ zone, days, months, anomalies, shape: settings.shape });
      const meter = nameOf.get(id) as string;
      for (const measurement of MEASUREMENTS)
        await keepSeries(target, { measurement, tags: { meter_id: meter } }, { wanted: points[measurement], tally });
      names.push(meter);
      count += anomalies.length;
      if (anomalies.length > 0) pass.note(`${meter}: ${anomalies.length} ${anomalies.length === 1 ? "anomaly" : "anomalies"}.`);
    }
  }
  return { names, anomalies: count };
}

/** A meter's own name; with its site where two sites have one of that name. */
function tagNames(all: readonly MeterReports[]): ReadonlyMap<string, string> {
  const meters = all.flatMap(({ settings }) => settings.meters);
  const count = new Map<string, number>();
  for (const { meter } of meters) count.set(meter, (count.get(meter) ?? 0) + 1);
  return new Map(meters.map(({ id, meter }) => [id, count.get(meter) === 1 ? meter : id]));
}

/** The first moment of the year that is said, else of the first day any meter was read on. */
async function beginning(reports: MeterReports, zone: ReturnType<typeof zoneNamed>, toMs: number): Promise<number> {
  const { startYear, meters } = reports.settings;
  if (startYear !== undefined) return zone.startOf("year", Date.UTC(startYear, 6));
  const firsts = await Promise.all(meters.map(async ({ id }) => (await reports.meter(id))?.coverage.firstMs ?? toMs - 1));
  return zone.startOf("day", Math.min(toMs - 1, ...firsts));
}

/** Before the first point: a pass that is cut off may have written of any of them. */
async function noteTags({ store, meters }: OutletParts): Promise<void> {
  const all = new Set([...(await tagsWritten(store)), ...tagNames(meters()).values()]);
  await store.saveSetting(WRITTEN, JSON.stringify([...all]));
}

async function tagsWritten(store: OutletParts["store"]): Promise<string[]> {
  return JSON.parse((await store.setting(WRITTEN)) ?? "[]") as string[];
}

/** Points of meters that were written and are no longer. */
async function removeGone({ store }: OutletParts, out: Out & { readonly names: readonly string[]; readonly pass: Pass }): Promise<void> {
  const { target, tally, names, pass } = out;
  const before = await tagsWritten(store);
  const gone = before.filter((name) => !names.includes(name));
  for (const name of gone) {
    for (const measurement of MEASUREMENTS) {
      const series = { measurement, tags: { meter_id: name } };
      tally.removed += (await target.read(series)).length;
      await target.remove(series, ALWAYS);
    }
    pass.note(`${name} is no meter any more: its points are taken out.`);
  }
  await store.saveSetting(WRITTEN, JSON.stringify(names));
}

/** What suppliers said of each hour, under a measurement that no register is read from. */
async function supplierHours({ store, suppliers }: OutletParts, target: InfluxTarget, tally: Tally): Promise<number> {
  if (suppliers.length === 0) return 0;
  if (!(await target.exists()))
    throw new InfluxTrouble(
      `${target.name} is not there, and a bucket of raw readings is not made by us: make it, or name another.`,
      false,
    );
  const { series } = await store.registry();
  const said = series.filter(({ source, quantity }) => suppliers.includes(source) && quantity in ENERGY_FIELDS);
  const places = new Set(said.map(({ point }) => point));
  let hours = 0;
  for (const point of places) {
    const columns: EnergyColumn[] = [];
    for (const { id, quantity, intervalMs, ...one } of said) {
      if (one.point !== point) continue;
      const column = await store.read(id, { fromMs: ALWAYS.fromMs, toMs: ALWAYS.toMs });
      columns.push({ quantity: quantity as EnergyQuantity, column, lengthMs: intervalMs ?? 0 });
    }
    const wanted = energyPoints(columns);
    await addToSeries(target, { measurement: ENERGY, tags: { domain: "sensor", entity_id: point } }, { wanted, tally });
    hours += wanted.length;
  }
  return hours;
}
