import type { AirHandlerAnswer, BuildingAnswer, ZoneRowAnswer } from "#contract/building.ts";
import { zoneFigures } from "./zone-figures.ts";
import { needsAttention } from "./zone-standing.ts";
import { floorText } from "./zone-words.ts";

/** Which zones are shown. */
export interface ZoneFilter {
  /** Id of an air handler; `none` for zones nobody knows the air handler of. */
  readonly handler?: string | undefined;
  readonly standing?: string | undefined;
  readonly find?: string | undefined;
}

/** Zones that fit all of a filter, in the order they came. */
export function filteredZones(zones: readonly ZoneRowAnswer[], { handler, standing, find }: ZoneFilter): ZoneRowAnswer[] {
  const words = fold(find ?? "")
    .split(/\s+/)
    .filter(Boolean);
  return zones.filter((row) => {
    if (handler !== undefined && (row.zone.servedBy ?? "none") !== handler) return false;
    if (standing !== undefined && !standsAs(row, standing)) return false;
    return words.every((word) => textOf(row).includes(word));
  });
}

/** `overridden`: somebody holds one of its points by hand; every other word is the standing itself. */
const standsAs = (row: ZoneRowAnswer, standing: string): boolean =>
  standing === "overridden" ? row.now.some((point) => point.overridden) : row.standing === standing;

function textOf({ zone, airHandlerName, findings }: ZoneRowAnswer): string {
  return fold([zone.name, zone.id, zone.root, zone.floor, airHandlerName ?? "", ...findings.map(({ sentence }) => sentence)].join(" "));
}

const fold = (text: string): string => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

/** Zones somebody should look at, and the others; each in the order they came. */
export function partedZones(zones: readonly ZoneRowAnswer[]): { readonly attention: ZoneRowAnswer[]; readonly others: ZoneRowAnswer[] } {
  const attention = zones.filter(needsAttention);
  return { attention, others: zones.filter((row) => !needsAttention(row)) };
}

export const ZONE_COLUMNS = ["zone", "handler", "space", "flow", "damper", "reheat", "comfort", "age"] as const;
export type ZoneColumn = (typeof ZONE_COLUMNS)[number];
export type ZoneOrder = ZoneColumn | `-${ZoneColumn}`;

/** The order an address names; undefined for none. */
export function orderNamed(text: string | undefined): ZoneOrder | undefined {
  const bare = text?.replace(/^-/, "");
  return ZONE_COLUMNS.some((column) => column === bare) ? (text as ZoneOrder) : undefined;
}

/** Zones in the order of a column; what is not known stands last either way. */
export function sortedZones(zones: readonly ZoneRowAnswer[], order: ZoneOrder | undefined): readonly ZoneRowAnswer[] {
  if (order === undefined) return zones;
  const down = order.startsWith("-");
  const column = order.replace(/^-/, "") as ZoneColumn;
  const keyed = zones.map((row) => ({ row, key: keyOf(row, column) }));
  keyed.sort((a, b) => {
    if (a.key === undefined || b.key === undefined) return Number(a.key === undefined) - Number(b.key === undefined);
    const by = typeof a.key === "string" ? byName(a.key, String(b.key)) : a.key - Number(b.key);
    return down ? -by : by;
  });
  return keyed.map(({ row }) => row);
}

function keyOf(row: ZoneRowAnswer, column: ZoneColumn): number | string | undefined {
  if (column === "zone") return row.zone.name;
  if (column === "handler") return row.airHandlerName ?? undefined;
  if (column === "comfort") return row.comfort.withinTimePct ?? row.lastComfortPct ?? undefined;
  const figures = zoneFigures(row);
  if (column === "space") return figures.space?.value ?? undefined;
  if (column === "age") return figures.space?.tMs === undefined || figures.space.tMs === null ? undefined : -figures.space.tMs;
  if (column === "damper") return figures.damper;
  if (column === "reheat") return figures.reheat?.value ?? undefined;
  return share(figures.flow, figures.flowSetpoint);
}

const share = (flow: number | undefined, setpoint: number | undefined): number | undefined =>
  flow === undefined || setpoint === undefined || setpoint === 0 ? undefined : flow / setpoint;

const names = new Intl.Collator(undefined, { numeric: true, sensitivity: "base" });
/** As people count: VAV 2 before VAV 10. */
export const byName = (a: string, b: string): number => names.compare(a, b);

/** Zones that belong together, with what their group comes to. */
export interface ZoneGroup {
  readonly key: string;
  readonly title: string;
  readonly airHandler: AirHandlerAnswer | undefined;
  readonly zones: readonly ZoneRowAnswer[];
  readonly inside: number;
  /** Mean over its zones of the time they were comfortable; null where none was judged. */
  readonly comfortPct: number | null;
}

/** Zones by what serves them, in the order of names; those nobody knows the air handler of come last. */
export function zonesByHandler(zones: readonly ZoneRowAnswer[], airHandlers: BuildingAnswer["airHandlers"]): ZoneGroup[] {
  const known = new Map(airHandlers.map((one) => [one.equipment.id, one]));
  return grouped(zones, ({ zone, airHandlerName }) => ({ key: zone.servedBy ?? "", title: airHandlerName ?? zone.servedBy ?? "" }), {
    last: "No air handler known",
    airHandler: (key) => known.get(key),
  });
}

/** The same by floor, the highest first as one looks at a building. */
export function zonesByFloor(zones: readonly ZoneRowAnswer[]): ZoneGroup[] {
  const groups = grouped(zones, ({ zone }) => ({ key: zone.floor, title: capital(floorText(zone.floor)) }), { last: "Floor not known" });
  const told = groups.filter(({ key }) => key !== "").reverse();
  return [...told, ...groups.filter(({ key }) => key === "")];
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

interface GroupRules {
  readonly last: string;
  readonly airHandler?: (key: string) => AirHandlerAnswer | undefined;
}

function grouped(
  zones: readonly ZoneRowAnswer[],
  of: (row: ZoneRowAnswer) => { readonly key: string; readonly title: string },
  rules: GroupRules,
): ZoneGroup[] {
  const found = new Map<string, { title: string; zones: ZoneRowAnswer[] }>();
  for (const row of zones) {
    const { key, title } = of(row);
    const group = found.get(key) ?? { title: key === "" ? rules.last : title, zones: [] };
    group.zones.push(row);
    found.set(key, group);
  }
  const groups = [...found].map(([key, group]) => ({
    key,
    title: group.title,
    airHandler: rules.airHandler?.(key),
    zones: group.zones,
    inside: group.zones.filter(({ standing }) => standing === "inside").length,
    comfortPct: comfortOfAll(group.zones),
  }));
  return groups.sort((a, b) => Number(a.key === "") - Number(b.key === "") || byName(a.title, b.title));
}

/** Weighted by how long each was judged. */
function comfortOfAll(zones: readonly ZoneRowAnswer[]): number | null {
  let [sum, judged] = [0, 0];
  for (const { comfort } of zones) {
    if (comfort.withinTimePct === null || comfort.judgedMs <= 0) continue;
    sum += comfort.withinTimePct * comfort.judgedMs;
    judged += comfort.judgedMs;
  }
  return judged === 0 ? null : sum / judged;
}

/** The largest airflow or setpoint among zones: bars of one table share a scale. 1 where nothing is known. */
export function mostFlow(zones: readonly ZoneRowAnswer[]): number {
  let most = 0;
  for (const row of zones) {
    const { flow, flowSetpoint } = zoneFigures(row);
    most = Math.max(most, flow ?? 0, flowSetpoint ?? 0);
  }
  return most > 0 ? most * 1.02 : 1;
}

/** The zones before and after one in the order of a list. */
export function neighbours(
  zones: readonly ZoneRowAnswer[],
  id: string,
): { readonly previous: ZoneRowAnswer | undefined; readonly next: ZoneRowAnswer | undefined } {
  const at = zones.findIndex(({ zone }) => zone.id === id);
  return at < 0 ? { previous: undefined, next: undefined } : { previous: zones[at - 1], next: zones[at + 1] };
}
