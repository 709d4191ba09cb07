import "./plant-tabs.css";
import { useQuery } from "@tanstack/react-query";
import { Link, Outlet, useNavigate, useSearch } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import { plantsQuery } from "#web/client/plant-queries.ts";
import { usePagePath } from "./page-path.ts";
import { PLANT_PAGES } from "./pages.ts";

/** The pages about one plant, side by side; which plant goes with them. */
export function PlantTabs() {
  const { site, plant } = useSearch({ strict: false }) as { readonly site?: string; readonly plant?: string };
  const path = usePagePath();
  const tabs = useRef<HTMLElement>(null);
  useEffect(() => {
    // On a phone the row is longer than the screen, and the tab of this page may lie outside it.
    const active = [...(tabs.current?.children ?? [])].find((tab) => tab.getAttribute("href")?.split("?")[0]?.endsWith(path));
    active?.scrollIntoView({ block: "nearest", inline: "center" });
  }, [path]);
  const kept = { ...(site ? { site } : {}), ...(plant ? { plant } : {}) };
  return (
    <>
      <div className="plant-head">
        <nav ref={tabs} className="plant-tabs" aria-label="Pages of the plant">
          {PLANT_PAGES.map((page) => (
            <Link
              key={page.to}
              to={page.to}
              search={kept}
              activeOptions={{ exact: true, includeSearch: false }}
              aria-current={page.to === path ? "page" : undefined}
            >
              {page.label}
            </Link>
          ))}
        </nav>
        <PlantChoice plant={plant} site={site} />
      </div>
      <Outlet />
    </>
  );
}

/** Where a site has several metered plants: which of them. */
function PlantChoice({ plant, site }: { plant: string | undefined; site: string | undefined }) {
  const navigate = useNavigate();
  const plants = (useQuery(plantsQuery).data?.plants ?? []).filter((one) => site === undefined || one.site === site);
  if (plants.length < 2) return null;
  const choose = (id: string) =>
    void navigate({ to: ".", search: (before) => ({ ...before, plant: id, period: undefined, row: undefined, page: undefined }) });
  return (
    <select
      className="ctl plant-choice"
      aria-label="Plant"
      value={plant ?? plants[0]?.id}
      onChange={(event) => choose(event.currentTarget.value)}
    >
      {plants.map((one) => (
        <option key={one.id} value={one.id}>
          {plants.some((other) => other.site !== one.site) ? `${one.siteName}, ${one.name}` : one.name}
        </option>
      ))}
    </select>
  );
}
