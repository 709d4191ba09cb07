import { useQuery } from "@tanstack/react-query";
import { plantsQuery } from "#web/client/plant-queries.ts";
import { usePagePath } from "./page-path.ts";
import { isPlantPage, type RailPage } from "./pages.ts";

/** Which pages the rail offers, and which of them is open. A house without a metered plant is not offered its pages. */
export function useShownPages() {
  const path = usePagePath();
  const plants = useQuery(plantsQuery).data?.plants.length ?? 0;
  return {
    has: (page: RailPage): boolean => page.to !== "/plant" || plants > 0 || isPlantPage(path),
    isCurrent: (page: RailPage): boolean => page.to === path || (page.to === "/plant" && isPlantPage(path)),
  };
}
