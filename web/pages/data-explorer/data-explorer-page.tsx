import "./data-explorer.css";
import { useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import type { PlantInfo } from "#contract/plant.ts";
import type { IntervalsAnswer } from "#contract/plant-intervals.ts";
import { rangeWords } from "#web/charts/time-words.ts";
import { type ZoneClock, zoneClock } from "#web/charts/zone-clock.ts";
import type { RangeName } from "#web/client/range.ts";
import { usePlant } from "#web/client/use-plant.ts";
import { Answer } from "#web/parts/card.tsx";
import { Icon } from "#web/parts/icon.tsx";
import { intervalNoun } from "#web/parts/interval-words.ts";
import { NoPlant } from "#web/parts/no-plant.tsx";
import { columnDecimals, pulseDecimals } from "#web/parts/resolution.ts";
import { Seg } from "#web/parts/seg.tsx";
import { EmptyState, ErrorState } from "#web/parts/states.tsx";
import { ExplorerSkeleton, RowsSkeleton } from "./explorer-skeleton.tsx";
import { FilterBar } from "./filter-bar.tsx";
import { IntervalDrawer } from "./interval-drawer.tsx";
import { csvUrl, type IntervalChoice, intervalsQuery } from "./interval-queries.ts";
import { IntervalTable } from "./interval-table.tsx";
import { RangeForm } from "./range-form.tsx";
import { type IntervalView, isFiltered, useIntervalView } from "./use-interval-view.ts";
import { type Decimals, filterWords, tableSentence } from "./words.ts";

/** Every interval of a plant as a table that is filtered, sorted, paged and saved; a row opens what every source says. */
export function DataExplorerPage() {
  const { plant, error, retry } = usePlant();
  if (error) return <ErrorState error={error} retry={retry} />;
  if (plant === undefined) return <ExplorerSkeleton />;
  if (plant === null) return <NoPlant />;
  return <Intervals key={plant.id} plant={plant} />;
}

function Intervals({ plant }: { plant: PlantInfo }) {
  const clock = useMemo(() => zoneClock(plant.zone), [plant.zone]);
  const view = useIntervalView(plant.zone);
  const [custom, setCustom] = useState(false);
  const { search, span } = view;
  const choice: IntervalChoice = { fromMs: span.fromMs, toMs: span.toMs, search };
  const query = useQuery(intervalsQuery(plant.id, choice, span.rolling));
  const answer = query.data;
  const decimals = useDecimals(answer, plant);
  const opened = search.row !== undefined;
  const formOpen = custom || view.range === undefined || search.wrong !== undefined;
  return (
    <>
      <Head view={view} plant={plant} answer={answer} failed={query.error !== null} decimals={decimals} clock={clock}>
        <Tools view={view} csv={csvUrl(plant.id, choice)} custom={formOpen} onCustom={setCustom} />
      </Head>
      {formOpen && (
        <RangeForm
          key={`${search.from} ${search.to}`}
          clock={clock}
          fromMs={span.fromMs}
          toMs={span.toMs}
          fault={search.wrong}
          onSpan={(fromMs, toMs) => view.setSpan(fromMs, toMs)}
        />
      )}
      <FilterBar view={view} />
      <div className="interval-layout" data-open={opened}>
        <section className="card interval-card" aria-label="Intervals">
          <Rows view={view} plant={plant} query={query} clock={clock} decimals={decimals} />
        </section>
        {search.row !== undefined && (
          <IntervalDrawer view={view} plant={plant} endMs={search.row} clock={clock} decimals={decimals} rows={answer?.rows ?? []} />
        )}
      </div>
    </>
  );
}

/** Decimals all numbers of the page share: those of its rows, never finer than a pulse. */
function useDecimals(answer: IntervalsAnswer | undefined, plant: PlantInfo): Decimals {
  return useMemo(() => {
    const rows = answer?.rows ?? [];
    return {
      kw: columnDecimals(
        rows.map((row) => row.powerKw),
        pulseDecimals(plant.pulseKw),
      ),
      kwh: columnDecimals(
        rows.map((row) => row.energyKwh),
        pulseDecimals(plant.pulseKwh),
      ),
    };
  }, [answer, plant.pulseKw, plant.pulseKwh]);
}

interface HeadProps {
  readonly view: IntervalView;
  readonly plant: PlantInfo;
  readonly answer: IntervalsAnswer | undefined;
  readonly failed: boolean;
  readonly decimals: Decimals;
  readonly clock: ZoneClock;
  readonly children: React.ReactNode;
}

function Head({ view, plant, answer, failed, decimals, clock, children }: HeadProps) {
  const filtered = isFiltered(view.search);
  const noun = intervalNoun(plant.intervalMinutes, 2);
  const without = failed ? `The ${noun} of ${plant.name} cannot be read right now.` : `Reading the ${noun} of ${plant.name}`;
  const sentence = answer ? tableSentence(answer, filtered, decimals) : without;
  return (
    <Answer sentence={sentence} evidence={[plant.name, rangeWords(clock, view.span.fromMs, view.span.toMs), ...filterWords(view.search)]}>
      {children}
    </Answer>
  );
}

const OFFERED: readonly { value: RangeName | "custom"; label: string }[] = [
  { value: "6h", label: "6 h" },
  { value: "24h", label: "24 h" },
  { value: "7d", label: "7 days" },
  { value: "custom", label: "Custom" },
];

interface ToolsProps {
  readonly view: IntervalView;
  readonly csv: string;
  readonly custom: boolean;
  readonly onCustom: (custom: boolean) => void;
}

function Tools({ view, csv, custom, onCustom }: ToolsProps) {
  const choose = (value: RangeName | "custom") => {
    onCustom(value === "custom");
    if (value !== "custom") view.setRange(value);
  };
  return (
    <>
      <Seg label="Time" value={custom ? "custom" : (view.range ?? "custom")} options={OFFERED} onChange={choose} />
      <a className="ctl" href={csv} download>
        <Icon name="download" />
        CSV
      </a>
    </>
  );
}

interface RowsProps {
  readonly view: IntervalView;
  readonly plant: PlantInfo;
  readonly query: {
    readonly data: IntervalsAnswer | undefined;
    readonly error: Error | null;
    readonly isPlaceholderData: boolean;
    readonly refetch: () => Promise<unknown>;
  };
  readonly clock: ZoneClock;
  readonly decimals: Decimals;
}

function Rows({ view, plant, query, clock, decimals }: RowsProps) {
  const retry = () => void query.refetch();
  if (query.data === undefined) return query.error ? <ErrorState error={query.error} retry={retry} /> : <RowsSkeleton />;
  if (query.error && query.isPlaceholderData) return <ErrorState error={query.error} retry={retry} />;
  if (query.data.matching === 0) return <NothingMatches view={view} plant={plant} answer={query.data} />;
  return <IntervalTable view={view} plant={plant} answer={query.data} clock={clock} decimals={decimals} faded={query.isPlaceholderData} />;
}

function NothingMatches({ view, plant, answer }: { view: IntervalView; plant: PlantInfo; answer: IntervalsAnswer }) {
  const noun = intervalNoun(plant.intervalMinutes);
  if (answer.expected === 0) {
    return (
      <EmptyState sentence={`This time holds no ${noun} that is over.`}>
        <button type="button" className="ctl" onClick={() => view.setRange("24h")}>
          Show the last 24 hours
        </button>
      </EmptyState>
    );
  }
  return (
    <EmptyState sentence={`No ${noun} of this time passes the filters.`}>
      <button type="button" className="ctl" onClick={view.clear}>
        Clear filters
      </button>
    </EmptyState>
  );
}
