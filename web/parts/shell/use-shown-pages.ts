import { useQuery } from "@tanstack/react-query";
import { hasPage, sitesQuery } from "#web/client/queries.ts";
import { usePagePath } from "./page-path.ts";
import { isBuildingPage, isPlantPage, type RailPage, railPageOf } from "./pages.ts";

const MINUTE_MS = 60_000;
/** How soon a reader that is plugged in, or a station that is connected, is offered its page where there was none. */
const FIRST_MS = 3_000;

/**
 * Which pages the rail offers, and which of them is open. A house without a metered plant, a home or a building is not offered its pages.
 * Sites say so at once; what homes and buildings are takes a while after a start.
 */
export function useShownPages() {
  const path = usePagePath();
  const sites = useQuery({
    ...sitesQuery,
    refetchInterval: ({ state }) => (hasPage(state.data, "home") && hasPage(state.data, "building") ? MINUTE_MS : FIRST_MS),
  }).data;
  return {
    has: (page: RailPage): boolean => {
      if (page.to === "/plant") return hasPage(sites, "plant") || isPlantPage(path);
      if (page.to === "/building") return hasPage(sites, "building") || isBuildingPage(path);
      return page.to !== "/home" || hasPage(sites, "home") || path === "/home";
    },
    isCurrent: (page: RailPage): boolean => page.to === railPageOf(path),
  };
}
