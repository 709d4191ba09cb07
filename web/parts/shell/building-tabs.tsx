import "./plant-tabs.css";
import { useQuery } from "@tanstack/react-query";
import { Link, Outlet, useSearch } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import { buildingQuery } from "#web/client/building-queries.ts";
import { useBuilding } from "#web/client/use-building.ts";
import { countText } from "#web/parts/format-number.ts";
import { usePagePath } from "./page-path.ts";
import { BUILDING_PAGES, buildingPageOf } from "./pages.ts";

/** The pages about one building, side by side, with how much waits behind two of them; the site goes with them. */
export function BuildingTabs() {
  const { site } = useSearch({ strict: false });
  const path = usePagePath();
  const current = buildingPageOf(path);
  const counts = useCounts();
  const tabs = useRef<HTMLElement>(null);
  useEffect(() => {
    // On a phone the row is longer than the screen, and the tab of this page may lie outside it.
    const active = [...(tabs.current?.children ?? [])].find((tab) => tab.getAttribute("href")?.split("?")[0]?.endsWith(current));
    active?.scrollIntoView({ block: "nearest", inline: "center" });
  }, [current]);
  return (
    <>
      <div className="plant-head">
        <nav ref={tabs} className="plant-tabs" aria-label="Pages of the building">
          {BUILDING_PAGES.map((page) => (
            <Link
              key={page.to}
              to={page.to}
              search={site ? { site } : {}}
              activeOptions={{ exact: true, includeSearch: false }}
              aria-current={page.to === current ? "page" : undefined}
            >
              {page.label}
              {(counts[page.to] ?? 0) > 0 && <span className="faint"> {countText(counts[page.to] ?? 0)}</span>}
            </Link>
          ))}
        </nav>
      </div>
      <Outlet />
    </>
  );
}

/** Overrides that last and trends that stopped, of the day so far: the answer most pages ask for anyway. */
function useCounts(): Readonly<Record<string, number | undefined>> {
  const { building } = useBuilding();
  const { data } = useQuery({ ...buildingQuery(building?.site ?? ""), enabled: building !== null && building !== undefined });
  return { "/building/overrides": data?.overrides, "/building/stopped": data?.stopped };
}
