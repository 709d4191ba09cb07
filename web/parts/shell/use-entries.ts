import { useMantineColorScheme } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useMemo } from "react";
import type { ZoneRowAnswer } from "#contract/building.ts";
import type { MeterInfo } from "#contract/meters.ts";
import type { PointInfo, SeriesInfo, SiteInfo } from "#contract/series.ts";
import { buildingQuery } from "#web/client/building-queries.ts";
import { metersQuery } from "#web/client/meter-queries.ts";
import { pointsQuery, seriesQuery, sitesQuery } from "#web/client/queries.ts";
import { useBuilding } from "#web/client/use-building.ts";
import { MEDIUM_LOOK } from "#web/parts/medium.ts";
import { isBuildingPage, PAGES } from "./pages.ts";
import type { Entry } from "./palette-search.ts";
import { SCHEMES } from "./scheme-menu.tsx";

/** Everything the palette can lead to, from what the house knows at this moment. */
export function useEntries(): readonly Entry[] {
  const navigate = useNavigate();
  const { setColorScheme } = useMantineColorScheme();
  const sites = useQuery(sitesQuery).data;
  const points = useQuery(pointsQuery).data;
  const series = useQuery(seriesQuery).data;
  const meters = useQuery(metersQuery()).data?.meters;
  const { building } = useBuilding();
  const site = building?.site;
  const zones = useQuery({ ...buildingQuery(site ?? ""), enabled: site !== undefined }).data?.zones;
  return useMemo(() => {
    const open = (keys: readonly string[]) => void navigate({ to: "/explorer", search: { series: keys, range: "24h" } });
    const names = new Map((sites ?? []).map((site) => [site.id, site.name]));
    // Without a building the first of its pages says how to get one; the others would only stand before other names.
    const pages = PAGES.filter(({ to }) => site !== undefined || to === "/building" || !isBuildingPage(to));
    return [
      ...pages.map((page): Entry => ({ id: page.to, group: "Pages", label: page.label, run: () => void navigate({ to: page.to }) })),
      ...(sites ?? []).map((site) => siteEntry(site, () => void navigate({ to: "/", search: { site: site.id } }))),
      ...(meters ?? []).map((meter) =>
        meterEntry(meter, names, () => void navigate({ to: "/utilities/meter", search: { meter: meter.id } })),
      ),
      ...(zones ?? []).map((row) => zoneEntry(row, () => void navigate({ to: "/building/zone", search: { site, zone: row.zone.id } }))),
      ...(points ?? []).map((point) => pointEntry(point, names, () => open(point.series.slice(0, 1)))),
      ...(series ?? []).map((one) => seriesEntry(one, names, () => open([one.key]))),
      ...SCHEMES.map(
        (scheme): Entry => ({
          id: `scheme-${scheme.value}`,
          group: "Actions",
          label: `Theme: ${scheme.label}`,
          run: () => setColorScheme(scheme.value),
        }),
      ),
      lookEntry(() => void navigate({ to: "/", search: { show: "look" } })),
    ];
  }, [navigate, setColorScheme, sites, points, series, meters, zones, site]);
}

function lookEntry(run: () => void): Entry {
  return { id: "look", group: "Actions", label: "Show what needs a look", words: "stale missing suspect", run };
}

function siteEntry(site: SiteInfo, run: () => void): Entry {
  return { id: `site-${site.id}`, group: "Sites", label: site.name, note: site.zone, words: site.id, run };
}

function meterEntry(meter: MeterInfo, names: ReadonlyMap<string, string>, run: () => void): Entry {
  return {
    id: `meter-${meter.id}`,
    group: "Meters",
    label: meter.name,
    note: meter.group === "" ? (names.get(meter.site) ?? meter.site) : meter.group,
    words: `${meter.id} ${meter.medium} ${meter.serial ?? ""} ${meter.description}`,
    run,
  };
}

function zoneEntry({ zone, airHandlerName }: ZoneRowAnswer, run: () => void): Entry {
  const note = [airHandlerName, zone.floor].filter(Boolean).join(", ");
  return { id: `zone-${zone.id}`, group: "Zones", label: zone.name, note, words: `${zone.id} ${zone.root} zone`, run };
}

function pointEntry(point: PointInfo, names: ReadonlyMap<string, string>, run: () => void): Entry {
  const { color, label } = MEDIUM_LOOK[point.medium];
  return {
    id: `point-${point.key}`,
    group: "Points",
    label: point.name,
    note: names.get(point.site) ?? point.site,
    words: `${point.key} ${label}`,
    color,
    run,
  };
}

function seriesEntry(one: SeriesInfo, names: ReadonlyMap<string, string>, run: () => void): Entry {
  return {
    id: `series-${one.key}`,
    group: "Series",
    label: `${one.pointName}: ${one.quantityName}`,
    note: `${names.get(one.site) ?? one.site} · ${one.source}`,
    words: `${one.key} ${one.serial ?? ""}`,
    color: MEDIUM_LOOK[one.medium].color,
    run,
  };
}
