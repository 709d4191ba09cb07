import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { plantsQuery } from "#web/client/plant-queries.ts";
import { usePagePath } from "./page-path.ts";
import { PageTabs } from "./page-tabs.tsx";
import { PLANT_PAGES } from "./pages.ts";

/** The pages about one plant; which plant goes with them. */
export function PlantTabs() {
  const { site, plant } = useSearch({ strict: false }) as { readonly site?: string; readonly plant?: string };
  const kept = { ...(site ? { site } : {}), ...(plant ? { plant } : {}) };
  return (
    <PageTabs label="Pages of the plant" pages={PLANT_PAGES} current={usePagePath()} search={kept}>
      <PlantChoice plant={plant} site={site} />
    </PageTabs>
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
      className="ctl tabs-choice"
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
