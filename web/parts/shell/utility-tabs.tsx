import "./plant-tabs.css";
import { Link, Outlet, useSearch } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import { usePagePath } from "./page-path.ts";
import { UTILITY_PAGES, utilityPageOf } from "./pages.ts";

/** The pages about the meters of a house, side by side; the site goes with them. */
export function UtilityTabs() {
  const { site } = useSearch({ strict: false });
  const path = usePagePath();
  const current = utilityPageOf(path);
  const tabs = useRef<HTMLElement>(null);
  useEffect(() => {
    // On a phone the row is longer than the screen, and the tab of this page may lie outside it.
    const active = [...(tabs.current?.children ?? [])].find((tab) => tab.getAttribute("href")?.split("?")[0]?.endsWith(current));
    active?.scrollIntoView({ block: "nearest", inline: "center" });
  }, [current]);
  return (
    <>
      <div className="plant-head">
        <nav ref={tabs} className="plant-tabs" aria-label="Pages of the meters">
          {UTILITY_PAGES.map((page) => (
            <Link
              key={page.to}
              to={page.to}
              search={site ? { site } : {}}
              activeOptions={{ exact: true, includeSearch: false }}
              aria-current={page.to === current ? "page" : undefined}
            >
              {page.label}
            </Link>
          ))}
        </nav>
      </div>
      <Outlet />
    </>
  );
}
