import "#web/parts/filter-bar.css";
import "./utilities.css";
import "./year.css";
import { useMemo } from "react";
import { Answer } from "#web/parts/card.tsx";
import { EmptyState, ErrorState, PageSkeleton, Skeleton } from "#web/parts/states.tsx";
import { costCsv } from "./cost-csv.ts";
import { CostMatrix } from "./cost-matrix.tsx";
import { costAnswer } from "./cost-words.ts";
import { saveText } from "./save-text.ts";
import { useYear } from "./use-year.ts";
import { YearChoice } from "./year-choice.tsx";
import { YearFilter } from "./year-filter.tsx";
import { costSection } from "./year-rows.ts";

/** What every meter cost in a year, month by month, with totals that add nothing twice. */
export function CostsPage() {
  const view = useYear();
  const { sites, year, thisYear, nowMs, list } = view;
  const wholes = useMemo(() => (sites ?? []).map((site) => ({ site, whole: costSection("All", site.rows) })), [sites]);
  if (view.error !== null && sites === undefined) return <ErrorState error={view.error} retry={view.retry} />;
  if (sites === undefined || list === undefined) return <YearSkeleton />;
  const sentence = costAnswer(
    wholes.map(({ site, whole }) => ({ currency: site.currency, year: whole.year, rows: site.rows })),
    { year, soFar: year === thisYear },
  );
  const unpriced = wholes.reduce((sum, { whole }) => sum + whole.unpriced, 0);
  return (
    <>
      <div className="util-headed">
        <Answer
          sentence={sentence}
          evidence={[
            "Consumption of each month at the price of its days, base fees with them",
            ...(unpriced > 0 ? [`${unpriced} ${unpriced === 1 ? "meter has" : "meters have"} no price: open one to set it`] : []),
          ]}
        >
          <button
            type="button"
            className="ctl"
            disabled={sites.length === 0}
            onClick={() => saveText(`costs-${year}.csv`, costCsv(sites), "text/csv")}
          >
            Save CSV
          </button>
        </Answer>
      </div>
      <div className="filter-bar">
        <YearChoice year={year} thisYear={thisYear} />
        <YearFilter list={list} search={view.search} />
      </div>
      {sites.length === 0 && <EmptyState sentence={`No meter fits, or none was there in ${year}.`} />}
      <div className="grid">
        {wholes.map(({ site, whole }) => (
          <CostMatrix key={site.site} site={site} whole={whole} nowMs={nowMs} alone={sites.length === 1} />
        ))}
      </div>
    </>
  );
}

/** The boxes of a year's page before anything is known. */
export function YearSkeleton() {
  return (
    <PageSkeleton>
      <div className="card util-skeleton">
        <Skeleton height={420} />
      </div>
    </PageSkeleton>
  );
}
