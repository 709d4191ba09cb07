import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { BuildingAnswer, BuildingsAnswer, EquipmentListAnswer, ZoneDetailAnswer } from "#contract/building.ts";
import type { PeakAnswerInfo } from "#contract/building-peak.ts";
import type { BuildingPointsAnswer, OverridesAnswer, StoppedAnswer } from "#contract/building-points.ts";
import { getJson } from "./fetch.ts";

const MINUTE = 60_000;
/** How soon a station that is connected shows up where there was none. */
const FIRST_MS = 3_000;

/** A stretch of time as it is asked for, epoch ms; left out: the local day so far. */
export interface AskedSpan {
  readonly from?: number | undefined;
  readonly to?: number | undefined;
}

/** Every site that has a building, and how its zones are judged. */
export const buildingsQuery = queryOptions({
  queryKey: ["buildings"],
  queryFn: ({ signal }) => getJson<BuildingsAnswer>("/buildings", { signal }),
  staleTime: MINUTE,
  refetchInterval: ({ state }) => (state.data?.buildings.length === 0 ? FIRST_MS : MINUTE),
});

/** Path of a question about the building of one site: `buildingPath("tower", "zones", "vav-1-01")`. */
export function buildingPath(site: string, ...rest: readonly (string | number)[]): string {
  return ["/buildings", site, ...rest].map((part, index) => (index === 0 ? part : encodeURIComponent(part))).join("/");
}

/** Zones and air handlers now and over a stretch, worst first. */
export const buildingQuery = (site: string, span: AskedSpan = {}) =>
  queryOptions({
    queryKey: ["buildings", site, "now", span.from, span.to],
    queryFn: ({ signal }) => getJson<BuildingAnswer>(buildingPath(site), { params: { from: span.from, to: span.to }, signal }),
    staleTime: MINUTE / 2,
    refetchInterval: MINUTE,
    placeholderData: keepPreviousData,
  });

/** One zone with its columns, its judgement and how it was judged; while another stretch of it is on its way, the one before. */
export const zoneQuery = (site: string, zone: string, span: AskedSpan = {}) =>
  queryOptions({
    queryKey: ["buildings", site, "zones", zone, span.from, span.to],
    queryFn: ({ signal }) =>
      getJson<ZoneDetailAnswer>(buildingPath(site, "zones", zone), { params: { from: span.from, to: span.to }, signal }),
    staleTime: MINUTE / 2,
    refetchInterval: MINUTE,
    placeholderData: (before, query) => (query?.queryKey[3] === zone ? before : undefined),
  });

/** All equipment with what it serves and its values now. */
export const equipmentQuery = (site: string) =>
  queryOptions({
    queryKey: ["buildings", site, "equipment"],
    queryFn: ({ signal }) => getJson<EquipmentListAnswer>(buildingPath(site, "equipment"), { signal }),
    staleTime: MINUTE,
    refetchInterval: MINUTE,
  });

/** What every history is taken for, with its evidence. */
export const buildingPointsQuery = (site: string) =>
  queryOptions({
    queryKey: ["buildings", site, "points"],
    queryFn: ({ signal }) => getJson<BuildingPointsAnswer>(buildingPath(site, "points"), { signal }),
    staleTime: MINUTE / 2,
  });

/** Points that somebody holds by hand, or held. */
export const overridesQuery = (site: string, span: AskedSpan = {}) =>
  queryOptions({
    queryKey: ["buildings", site, "overrides", span.from, span.to],
    queryFn: ({ signal }) =>
      getJson<OverridesAnswer>(buildingPath(site, "overrides"), { params: { from: span.from, to: span.to }, signal }),
    staleTime: MINUTE / 2,
    refetchInterval: MINUTE,
    placeholderData: keepPreviousData,
  });

/** Histories that say nothing any more, or nothing that can be true. */
export const stoppedQuery = (site: string) =>
  queryOptions({
    queryKey: ["buildings", site, "stopped"],
    queryFn: ({ signal }) => getJson<StoppedAnswer>(buildingPath(site, "stopped"), { signal }),
    staleTime: MINUTE / 2,
    refetchInterval: MINUTE,
  });

/** What the equipment did at a peak; `of` is site/point, left out the building's own. */
export const peakQuery = (site: string, asked: AskedSpan & { readonly of?: string | undefined } = {}) =>
  queryOptions({
    queryKey: ["buildings", site, "peak", asked.of, asked.from, asked.to],
    queryFn: ({ signal }) =>
      getJson<PeakAnswerInfo>(buildingPath(site, "peak"), { params: { of: asked.of, from: asked.from, to: asked.to }, signal }),
    staleTime: 5 * MINUTE,
    placeholderData: keepPreviousData,
  });
