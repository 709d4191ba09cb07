import type { Catalog } from "#api/catalog.ts";
import { figure, orNull } from "#api/plants/wire.ts";
import type { RouteDeps } from "#api/route-kit.ts";
import { offsetText } from "#calendar/local-text.ts";
import { type Zone, zoneNamed } from "#calendar/zone.ts";
import type { CorrectionInfo, CorrectionMadeAnswer } from "#contract/corrections.ts";
import type { MeterSettings } from "#reports/meter-settings.ts";
import type { Series } from "#sites/registry.ts";
import type { Correction } from "#store/records.ts";
import { conversion, convert, differenceConversion, sameDimension } from "#units/unit.ts";
import { metersNow } from "./desk.ts";

export type CorrectionDeps = Pick<RouteDeps, "store" | "nowMs" | "catalog" | "meters">;

/** A correction as it is told, with what is stored at its instant. */
export async function correctionInfo(one: Correction, catalog: Catalog, deps: CorrectionDeps): Promise<CorrectionInfo> {
  const series = catalog.byId.get(one.seriesId) as Series;
  const zone = zoneOf(series, catalog);
  const meter = await meterOfSeries(series, deps);
  const unit = unitTold(series, meter);
  const single = one.t0Ms === one.t1Ms;
  const stored = single ? await deps.store.read(series.id, { fromMs: one.t0Ms, toMs: one.t0Ms + 1 }, { corrected: false }) : undefined;
  return {
    id: one.id,
    series: series.key,
    meter: orNull(meter?.id),
    name: meter?.name ?? catalog.pointByKey.get(`${series.site}/${series.point}`)?.name ?? series.point,
    unit,
    action: one.action,
    fromMs: one.t0Ms,
    toMs: one.t1Ms,
    fromLocal: offsetText(one.t0Ms, zone),
    toLocal: offsetText(one.t1Ms, zone),
    value: figure(inUnit(one.value, one.action, { from: series.unit, to: unit }) ?? Number.NaN),
    was: figure(convert(stored?.value[0] ?? Number.NaN, series.unit, unit)),
    who: one.who,
    why: one.why,
    madeMs: one.madeMs,
    undoneMs: orNull(one.undoneMs),
  };
}

/** The unit that corrections of a series are told in, and said in unless they name another. */
export function unitTold(series: Series, meter: Pick<MeterSettings, "unit"> | undefined): string {
  return meter !== undefined && sameDimension(series.unit, meter.unit) ? meter.unit : series.unit;
}

/** The value of a correction in another unit; what is added to readings is a difference. Missing: undefined where the units do not convert. */
export function inUnit(value: number, action: Correction["action"], { from, to }: { from: string; to: string }): number | undefined {
  return (action === "offset" ? differenceConversion(from, to) : conversion(from, to))?.(value);
}

/** The meter that counts a series by itself. Missing: undefined for one that none does. */
export async function meterOfSeries({ key, site }: Series, deps: CorrectionDeps): Promise<MeterSettings | undefined> {
  const own = (await metersNow(deps)).find(({ settings }) => settings.site === site);
  return own?.settings.meters.find(({ what }) => what.kind === "physical" && what.series.some((series) => series.key === key));
}

/** The clock of the site of a series. */
export const zoneOf = (series: Series, catalog: Catalog): Zone => zoneNamed(catalog.siteById.get(series.site)?.zone ?? "UTC");

/** What a correction did, or would do, in words. */
export function sentenceOf(readings: number, changes: CorrectionMadeAnswer["changes"], verb: "is" | "would be"): string {
  const touches = `${readings} ${readings === 1 ? "reading" : "readings"}`;
  const meters = new Set(changes.map(({ meter }) => meter)).size;
  const other = verb === "is" ? (readings === 1 ? "is" : "are") : verb;
  if (changes.length === 0) return `${touches} ${other} changed; no month of any meter ${verb} other than before.`;
  const counted = `${changes.length} ${changes.length === 1 ? "month" : "months"} of ${meters} ${meters === 1 ? "meter" : "meters"}`;
  return `${touches} ${other} changed; ${counted} ${verb === "is" ? (changes.length === 1 ? "is" : "are") : verb} other than before.`;
}
