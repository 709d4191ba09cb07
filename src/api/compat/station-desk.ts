import type { NiagaraCompat } from "#api/deps.ts";
import type { RouteDeps } from "#api/route-kit.ts";
import type { BuildingModel, BuildingPoint } from "#buildings/model.ts";
import { type Zone, zoneNamed } from "#calendar/zone.ts";
import type { BuildingSettings } from "#reports/building-settings.ts";
import { canonicalName, decodeName } from "#series/history-name.ts";
import { OldProblem } from "./old-problem.ts";

const UNAVAILABLE = 503;

/** A history as the old API names it. */
export interface OldHistory {
  readonly point: BuildingPoint;
  readonly stationName: string;
  readonly stationKey: string;
  /** "Vav 1-01 Space Temp"; "/" where its path names nothing. */
  readonly historyId: string;
  readonly historyKey: string;
}

/** The one building the old routes speak of. */
export interface StationDesk {
  readonly settings: BuildingSettings;
  readonly zone: Zone;
  readonly model: BuildingModel;
  /** By station, then history. */
  readonly histories: readonly OldHistory[];
}

/** Of a site whose stations said nothing yet. */
const NOTHING: BuildingModel = { points: [], equipment: [] };
const UNHEARD: Omit<BuildingSettings, "site" | "siteName" | "zone"> = {
  currency: "",
  holidays: [],
  declared: false,
  occupancy: { fromMinute: 0, toMinute: 0, weekdays: [], warmUpMinutes: 0 },
  band: 2,
  bandUnit: "°F",
  flow: { percent: 10, absoluteCfm: 50, pairingMs: 30_000 },
  health: "later",
  sentinels: [],
  flatMs: 0,
  silenceMs: 0,
  rules: [],
  decisions: [],
  equipment: [],
  ranked: [],
};

/** The building of the site that is named, or the first there is; an empty one while none has said anything. */
export async function stationDesk(
  { buildings, catalog }: Pick<RouteDeps, "buildings" | "catalog">,
  { site }: NiagaraCompat,
): Promise<StationDesk> {
  const all = buildings?.() ?? [];
  const reports = site === undefined ? all[0] : all.find(({ settings }) => settings.site === site);
  const model = (await reports?.model()) ?? NOTHING;
  const settings = reports?.settings ?? { ...UNHEARD, ...(await placeOf(catalog, site)) };
  return { settings, model, zone: zoneNamed(settings.zone), histories: historiesOf(model, settings) };
}

async function placeOf(catalog: RouteDeps["catalog"], named = ""): Promise<Pick<BuildingSettings, "site" | "siteName" | "zone">> {
  const site = (await catalog()).siteById.get(named);
  return { site: named, siteName: site?.name ?? named, zone: site?.zone ?? "UTC" };
}

/** Errors: 503 where no source can answer: no station has said anything. */
export function demandHistories({ histories }: StationDesk): void {
  if (histories.length === 0) throw new OldProblem(UNAVAILABLE, "No source of histories can answer yet: none has said anything");
}

const kept = new WeakMap<BuildingModel, readonly OldHistory[]>();

/** Names are derived once for each model: it is the very same until something of it changes. */
function historiesOf(model: BuildingModel, settings: BuildingSettings): readonly OldHistory[] {
  const known = kept.get(model);
  if (known !== undefined) return known;
  const histories = model.points.map(({ point }) => oldHistory(point, settings)).toSorted(byNames);
  kept.set(model, histories);
  return histories;
}

function oldHistory(point: BuildingPoint, settings: Pick<BuildingSettings, "siteName">): OldHistory {
  const station = stationOf(point, settings);
  const historyId = historyLabel(point);
  return {
    point,
    stationName: decodeName(station),
    stationKey: canonicalName(station),
    historyId,
    historyKey: canonicalName(historyId),
  };
}

/** The station's own name; where nobody said one, the site's. */
export function stationOf({ station }: { readonly station: string }, { siteName }: Pick<BuildingSettings, "siteName">): string {
  return station === "" ? siteName : station;
}

function historyLabel({ path, name }: BuildingPoint): string {
  const parts = (path === "" ? name : path).split("/").map((part) => decodeName(part));
  return parts.filter((part) => part !== "").join(" / ") || "/";
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function byNames(a: OldHistory, b: OldHistory): number {
  return compare(a.stationName, b.stationName) || compare(a.historyId, b.historyId) || compare(a.point.point, b.point.point);
}

/** What is asked for by names; what is left out is any. */
export interface HistoryNames {
  readonly station?: string | undefined;
  readonly history?: string | undefined;
}

/**
 * Histories of those names, in any spelling: with the station in front or not, escaped or not. Where several share one key, those that
 * are called exactly so.
 */
export function historiesNamed({ histories }: Pick<StationDesk, "histories">, { station, history }: HistoryNames): readonly OldHistory[] {
  const ofStation = station === undefined ? histories : histories.filter(({ stationKey }) => stationKey === canonicalName(station));
  if (history === undefined) return ofStation;
  const found = ofStation.filter((one) => isCalled(one, history));
  const exactly = found.filter(({ historyId, point }) => historyId === history || point.path === history || point.point === history);
  return exactly.length > 0 ? exactly : found;
}

function isCalled({ stationKey, historyKey, point }: OldHistory, history: string): boolean {
  if (point.point === history) return true;
  const key = canonicalName(history);
  if (key === historyKey) return true;
  const [first = "", ...rest] = history.split("/").filter((part) => part.trim() !== "");
  return rest.length > 0 && canonicalName(first) === stationKey && canonicalName(rest.join(" / ")) === historyKey;
}
