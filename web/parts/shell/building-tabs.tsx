import { useQuery } from "@tanstack/react-query";
import { useSearch } from "@tanstack/react-router";
import { buildingQuery } from "#web/client/building-queries.ts";
import { useBuilding } from "#web/client/use-building.ts";
import { usePagePath } from "./page-path.ts";
import { PageTabs } from "./page-tabs.tsx";
import { BUILDING_PAGES, buildingPageOf } from "./pages.ts";

/** The pages about one building, with how much waits behind two of them; the site goes with them. */
export function BuildingTabs() {
  const { site } = useSearch({ strict: false });
  const current = buildingPageOf(usePagePath());
  return (
    <PageTabs label="Pages of the building" pages={BUILDING_PAGES} current={current} search={site ? { site } : {}} counts={useCounts()} />
  );
}

/** Overrides that last and trends that stopped, of the day so far: the answer most pages ask for anyway. */
function useCounts(): Readonly<Record<string, number | undefined>> {
  const { building } = useBuilding();
  const { data } = useQuery({ ...buildingQuery(building?.site ?? ""), enabled: building !== null && building !== undefined });
  return { "/building/overrides": data?.overrides, "/building/stopped": data?.stopped };
}
