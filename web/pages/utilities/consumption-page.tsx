import "#web/parts/filter-bar.css";
import "./utilities.css";
import "./year.css";
import { useMemo } from "react";
import { Answer } from "#web/parts/card.tsx";
import { EmptyState, ErrorState } from "#web/parts/states.tsx";
import { consumptionAnswer } from "./consumption-words.ts";
import { YearSkeleton } from "./costs-page.tsx";
import { GroupsCard } from "./groups-card.tsx";
import { MEDIA } from "./media.ts";
import { mediaOf } from "./meters-filter.ts";
import { RankingCard } from "./ranking-card.tsx";
import { useYear } from "./use-year.ts";
import { YearChoice } from "./year-choice.tsx";
import { YearFilter } from "./year-filter.tsx";
import { amountTotals, sameMonths, type YearSite } from "./year-rows.ts";

/** What all meters used in a year, side by side and beside the year before. */
export function ConsumptionPage() {
  const view = useYear({ compare: true });
  const { sites, before, year, thisYear, nowMs, list } = view;
  const earlier = useMemo(() => rowsById(before), [before]);
  const rows = useMemo(() => (sites ?? []).flatMap((site) => site.rows), [sites]);
  const totals = useMemo(
    () =>
      mediaOf(rows).map((medium) => ({
        medium,
        totals: amountTotals(
          rows.filter((row) => row.medium === medium),
          (row) => ({ amount: row.year.amount, measured: row.year.measured, before: sameMonths(row, earlier.get(row.id), nowMs).before }),
        ),
        compared: amountTotals(
          rows.filter((row) => row.medium === medium),
          (row) => sameMonths(row, earlier.get(row.id), nowMs),
        ),
      })),
    [rows, earlier, nowMs],
  );
  if (view.error !== null && sites === undefined) return <ErrorState error={view.error} retry={view.retry} />;
  if (sites === undefined || list === undefined) return <YearSkeleton />;
  return (
    <>
      <Answer
        sentence={consumptionAnswer(totals, { year, soFar: year === thisYear })}
        evidence={[`In parentheses: whole months against the same months of ${year - 1}`, "Totals add nothing twice"]}
      />
      <div className="filter-bar">
        <YearChoice year={year} thisYear={thisYear} />
        <YearFilter list={list} search={view.search} />
      </div>
      {rows.length === 0 && <EmptyState sentence={`No meter fits, or none was there in ${year}.`} />}
      <div className="grid">
        {totals.map(({ medium, totals: own, compared }) => (
          <RankingCard
            key={medium}
            medium={medium}
            rows={rows.filter((row) => row.medium === medium)}
            totals={own}
            compared={compared}
            earlier={earlier}
            nowMs={nowMs}
            year={year}
          />
        ))}
        {mediaOf(rows).map((medium) => (
          <GroupsCard
            key={medium}
            title={`${MEDIA[medium].label} by group`}
            medium={medium}
            rows={rows.filter((row) => row.medium === medium)}
            nowMs={nowMs}
          />
        ))}
      </div>
    </>
  );
}

function rowsById(sites: readonly YearSite[] | undefined) {
  return new Map((sites ?? []).flatMap((site) => site.rows).map((row) => [row.id, row]));
}
