import { useQuery } from "@tanstack/react-query";
import { buildingsQuery } from "#web/client/building-queries.ts";
import { homesQuery } from "#web/client/home-queries.ts";
import { plantsQuery } from "#web/client/plant-queries.ts";
import { usePagePath } from "./page-path.ts";
import { isBuildingPage, isPlantPage, type RailPage, railPageOf } from "./pages.ts";

/** Which pages the rail offers, and which of them is open. A house without a metered plant, a home or a building is not offered its pages. */
export function useShownPages() {
  const path = usePagePath();
  const plants = useQuery(plantsQuery).data?.plants.length ?? 0;
  const homes = useQuery(homesQuery).data?.homes.length ?? 0;
  const buildings = useQuery(buildingsQuery).data?.buildings.length ?? 0;
  return {
    has: (page: RailPage): boolean => {
      if (page.to === "/plant") return plants > 0 || isPlantPage(path);
      if (page.to === "/building") return buildings > 0 || isBuildingPage(path);
      return page.to !== "/home" || homes > 0 || path === "/home";
    },
    isCurrent: (page: RailPage): boolean => page.to === railPageOf(path),
  };
}
