import type { MeterInfo, MetersAnswer } from "#contract/meters.ts";
import { MEDIA, MEDIUM_ORDER } from "./media.ts";
import type { MetersSearch } from "./utility-search.ts";

/** Meters that stand under one heading. */
export interface MeterSection {
  readonly key: string;
  readonly title: string;
  readonly meters: readonly MeterInfo[];
}

type Filter = Pick<MetersSearch, "medium" | "group" | "standing" | "find">;

/** The meters the filters let through: every word must be found in a name, a group, a serial number or a unit. */
export function filteredMeters(meters: readonly MeterInfo[], filter: Filter): MeterInfo[] {
  const words = fold(filter.find ?? "")
    .split(/\s+/)
    .filter(Boolean);
  return meters.filter(
    (meter) =>
      (filter.medium === undefined || meter.medium === filter.medium) &&
      (filter.group === undefined || meter.group === filter.group) &&
      (filter.standing === undefined || meter.standing === filter.standing) &&
      words.every((word) => wordsOf(meter).includes(word)),
  );
}

function wordsOf(meter: MeterInfo): string {
  return fold([meter.name, meter.id, meter.description, meter.group, MEDIA[meter.medium].label, meter.serial ?? "", meter.kind].join(" "));
}

/** Lower case without accents, so that "wärme" is found by "warme". */
function fold(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

/** Meters under the headings of their groups; under their media where nobody made groups. Several sites are told apart. */
export function meterSections(meters: readonly MeterInfo[], sites: MetersAnswer["sites"]): MeterSection[] {
  const grouped = meters.some((meter) => meter.group !== "");
  const several = new Set(meters.map((meter) => meter.site)).size > 1;
  const sections = new Map<string, { title: string; order: string; meters: MeterInfo[] }>();
  for (const meter of meters) {
    const title = grouped ? (meter.group === "" ? "No group" : meter.group) : MEDIA[meter.medium].label;
    const site = several ? (sites.find((one) => one.id === meter.site)?.name ?? meter.site) : "";
    const rank = grouped ? (meter.group === "" ? "1" : "0") : String(MEDIUM_ORDER.indexOf(meter.medium));
    const key = `${meter.site} ${rank} ${title}`;
    const section = sections.get(key) ?? {
      title: site === "" ? title : `${site}: ${title}`,
      order: `${site} ${rank} ${title}`,
      meters: [],
    };
    section.meters.push(meter);
    sections.set(key, section);
  }
  return [...sections.entries()]
    .toSorted(([, a], [, b]) => a.order.localeCompare(b.order, undefined, { numeric: true }))
    .map(([key, { title, meters: own }]) => ({ key, title, meters: own.toSorted(byMediumAndName) }));
}

/** Media in their order, then sums before their parts, then names as people count. */
export function byMediumAndName(a: Pick<MeterInfo, "medium" | "kind" | "name">, b: Pick<MeterInfo, "medium" | "kind" | "name">): number {
  return (
    MEDIUM_ORDER.indexOf(a.medium) - MEDIUM_ORDER.indexOf(b.medium) ||
    KIND_ORDER.indexOf(a.kind) - KIND_ORDER.indexOf(b.kind) ||
    a.name.localeCompare(b.name, undefined, { numeric: true })
  );
}

const KIND_ORDER: readonly MeterInfo["kind"][] = ["master", "physical", "virtual"];

/** Names of groups there are, as people count. */
export function groupsOf(meters: readonly { readonly group: string }[]): string[] {
  return [...new Set(meters.map((meter) => meter.group).filter((group) => group !== ""))].toSorted((a, b) =>
    a.localeCompare(b, undefined, { numeric: true }),
  );
}

/** Media there are, in their order. */
export function mediaOf(meters: readonly Pick<MeterInfo, "medium">[]): MeterInfo["medium"][] {
  return MEDIUM_ORDER.filter((medium) => meters.some((meter) => meter.medium === medium));
}
