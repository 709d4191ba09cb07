import { useQuery } from "@tanstack/react-query";
import { useSearch } from "@tanstack/react-router";
import { sitesQuery } from "#web/client/queries.ts";
import type { RangeName } from "#web/client/range.ts";
import { useBuilding } from "#web/client/use-building.ts";
import { Icon } from "#web/parts/icon.tsx";
import { DemoTag } from "./demo-tag.tsx";
import { usePagePath } from "./page-path.ts";
import { isBuildingPage } from "./pages.ts";
import { RangeSelect } from "./range-select.tsx";
import { SchemeMenu } from "./scheme-menu.tsx";
import { SiteSelect } from "./site-select.tsx";

/** The line above every page: which site, which time, where to. */
export function Bar({ onSearch }: { onSearch: () => void }) {
  const path = usePagePath();
  const range = RANGE_ON[path];
  const zone = useViewZone(path);

  return (
    <header className="bar">
      <SiteSelect />
      <DemoTag />
      <span className="bar-gap" />
      {range && <RangeSelect {...range} zone={zone} />}
      <button type="button" className="ctl search desk" onClick={onSearch}>
        <Icon name="search" />
        Meter, page or action
        <kbd className="kbd">Ctrl K</kbd>
      </button>
      <SchemeMenu />
    </header>
  );
}

/** All zones of a building are judged over a hundred days at most. */
const TODAY = { steps: true, usual: "today", longest: "30d" } as const;

/** Pages that speak of a time: the wall looks back from now, the others step through the past; what is shown where nobody chose a time. */
const RANGE_ON: Readonly<Record<string, { readonly steps: boolean; readonly usual: RangeName; readonly longest?: RangeName }>> = {
  "/": { steps: false, usual: "24h" },
  "/explorer": { steps: true, usual: "24h" },
  "/building": TODAY,
  "/building/zone": { steps: true, usual: "24h" },
  "/building/air-handlers": TODAY,
  "/building/overrides": TODAY,
};

/** Whose calendar the days are of: the building's on its pages, else the site's; the reader's own where several sites are shown. */
function useViewZone(path: string): string {
  const { site: chosen } = useSearch({ strict: false });
  const sites = useQuery(sitesQuery).data ?? [];
  const { building } = useBuilding();
  const site = sites.find((one) => one.id === chosen) ?? (sites.length === 1 ? sites[0] : undefined);
  const zone = isBuildingPage(path) ? (building?.zone ?? site?.zone) : site?.zone;
  return zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
}
