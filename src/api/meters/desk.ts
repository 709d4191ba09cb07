import type { ApiDeps } from "#api/deps.ts";
import { ApiError } from "#api/errors.ts";
import { type Zone, zoneNamed } from "#calendar/zone.ts";
import type { MeterSettings, SiteMeters } from "#reports/meter-settings.ts";
import type { MeterReports } from "#reports/meters.ts";

/** The meters of a site as routes ask them. */
export interface SiteDesk {
  readonly reports: MeterReports;
  readonly site: SiteMeters;
  readonly zone: Zone;
}

/** One meter as routes ask it. */
export interface MeterDesk extends SiteDesk {
  readonly id: string;
  readonly settings: MeterSettings;
  /** Where facts of its pages belong: a point of its name. */
  readonly place: { readonly site: string; readonly point: string };
}

const NAME_CHARACTERS = 200;

/** The meters of every site as they are now: with what a page has just said of them. */
export async function metersNow({ meters }: Pick<ApiDeps, "meters">): Promise<readonly MeterReports[]> {
  const all = meters?.() ?? [];
  await Promise.all(all.map((reports) => reports.look()));
  return all;
}

/** Meters of one site with the clock their answers go by. */
export function siteDesk(reports: MeterReports): SiteDesk {
  return { reports, site: reports.settings, zone: zoneNamed(reports.settings.zone) };
}

/** Of every site, or of the one that is named. Errors: unknown-site. */
export function sitesOf(all: readonly MeterReports[], named: string | undefined): SiteDesk[] {
  const wanted = all.filter(({ settings }) => named === undefined || settings.site === named);
  if (named !== undefined && wanted.length === 0) throw new ApiError("unknown-site", { site: named.slice(0, NAME_CHARACTERS) });
  return wanted.map(siteDesk);
}

/** One meter as it is now. Errors: unknown-meter. */
export async function meterNow(deps: Pick<ApiDeps, "meters">, id: string): Promise<MeterDesk> {
  const found = knownMeter(await metersNow(deps), id);
  if (found === undefined) throw unknownMeter(id);
  return found;
}

/** Missing: undefined for a meter that is not there. */
export function knownMeter(all: readonly MeterReports[], id: string): MeterDesk | undefined {
  for (const reports of all) {
    const settings = reports.settings.meters.find((meter) => meter.id === id);
    if (settings !== undefined) return { ...siteDesk(reports), id, settings, place: { site: settings.site, point: settings.meter } };
  }
  return undefined;
}

/** What is answered where a meter is not there, or went while it was asked. */
export function unknownMeter(id: string): ApiError {
  return new ApiError("unknown-meter", { meter: id.slice(0, NAME_CHARACTERS) });
}

/** An answer about a meter that was there a moment ago. Errors: meter-broken where nothing can be derived of it, unknown-meter. */
export function answered<T>(answer: T | undefined, { id, settings, site }: MeterDesk): T {
  if (answer !== undefined) return answer;
  const why = site.problems.get(id);
  throw why === undefined ? unknownMeter(id) : new ApiError("meter-broken", { meter: settings.name }, [why]);
}
