import { figure, orNull } from "#api/plants/wire.ts";
import type { Zone } from "#calendar/zone.ts";
import type { MeterInfo, MetersAnswer } from "#contract/meters.ts";
import { type MeterSummary, STANDINGS, type Standing } from "#reports/meter-answers.ts";
import { partsOf } from "#reports/meter-parts.ts";
import { metersWithin } from "#reports/meters-within.ts";
import type { SiteDesk } from "./desk.ts";
import { meterFigure } from "./wire.ts";

/** Every meter of the sites, and one sentence about all of them. */
export async function metersAnswer(desks: readonly SiteDesk[], nowMs: number): Promise<MetersAnswer> {
  const meters = (await Promise.all(desks.map(metersOf))).flat();
  const counts = countsOf(meters);
  return {
    nowMs,
    sentence: standingSentence(counts),
    counts,
    sites: desks.map(({ site }) => ({ id: site.site, name: site.siteName, zone: site.zone, currency: site.currency })),
    meters,
  };
}

async function metersOf({ reports, site, zone }: SiteDesk): Promise<MeterInfo[]> {
  const within = metersWithin(site.meters);
  return (await reports.list()).map((one) => meterInfo(one, { zone, within }));
}

function countsOf(meters: readonly Pick<MeterInfo, "standing">[]): Record<Standing, number> {
  const counts = Object.fromEntries(STANDINGS.map((standing) => [standing, 0])) as Record<Standing, number>;
  for (const { standing } of meters) counts[standing] += 1;
  return counts;
}

/** `27 meters: 19 live, 6 due, 2 implausible`: only what there is, always in one order. */
export function standingSentence(counts: Readonly<Record<Standing, number>>): string {
  const all = STANDINGS.reduce((sum, standing) => sum + counts[standing], 0);
  if (all === 0) return "No meters yet";
  const told = STANDINGS.filter((standing) => counts[standing] > 0).map((standing) => `${counts[standing]} ${standing}`);
  return `${all} ${all === 1 ? "meter" : "meters"}: ${told.join(", ")}`;
}

interface MeterAround {
  readonly zone: Zone;
  readonly within: ReadonlyMap<string, readonly string[]>;
}

/** A meter in the list, as it is sent. */
export function meterInfo(summary: MeterSummary, { zone, within }: MeterAround): MeterInfo {
  const { settings } = summary;
  const { what, declared } = settings;
  const register = what.kind === "physical" ? what : undefined;
  return {
    id: settings.id,
    site: settings.site,
    meter: settings.meter,
    name: settings.name,
    description: settings.description,
    kind: what.kind,
    medium: settings.medium,
    group: settings.group,
    unit: settings.unit,
    standing: summary.standing,
    because: summary.because,
    lastMs: orNull(summary.lastMs),
    lastValue: figure(summary.lastValue ?? Number.NaN),
    dueMs: orNull(summary.dueMs),
    everyMs: figure(summary.everyMs),
    readings: summary.readings,
    thisMonth: meterFigure(summary.thisMonth, zone),
    yearBefore: meterFigure(summary.yearBefore, zone),
    thisYear: meterFigure(summary.thisYear, zone),
    months: summary.months.map((month) => meterFigure(month, zone)),
    within: [...(within.get(settings.id) ?? [])],
    parts: partsOf(settings),
    openEvents: summary.openEvents,
    openAnomalies: summary.openAnomalies,
    removedOn: orNull(settings.removedOn),
    calibratedUntil: orNull(register?.calibratedUntil),
    serial: orNull(register?.serial),
    declared: declared === undefined ? null : { file: declared.file, line: declared.line },
    demo: settings.demo,
  };
}
