import { useLocalStorage } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { type CSSProperties, lazy, Suspense, useMemo, useState } from "react";
import type { HomeDay } from "#contract/home.ts";
import { BarChart } from "#web/charts/bar-chart.tsx";
import { DESK_STYLE } from "#web/charts/bar-scene.ts";
import type { TimeSpan } from "#web/charts/time-ticks.ts";
import { rangeWords } from "#web/charts/time-words.ts";
import { useNow } from "#web/client/live.tsx";
import { moneyText } from "#web/parts/money-text.ts";
import { Seg } from "#web/parts/seg.tsx";
import { ErrorState, Skeleton } from "#web/parts/states.tsx";
import { type DayTrace, dayBarWords, daysScene, isToday, spanOfDays } from "./days-scene.ts";
import type { HomeLook } from "./home-look.ts";
import { daysQuery } from "./home-queries.ts";
import type { HomeSearch } from "./use-home-view.ts";
import { energyText } from "./words.ts";

const DaysTable = lazy(async () => ({ default: (await import("./days-table.tsx")).DaysTable }));

const LENGTHS = [
  { value: "30", label: "30 days" },
  { value: "90", label: "90 days" },
  { value: "365", label: "Year" },
] as const;

interface DaysCardProps {
  readonly look: HomeLook;
  /** Shows one day in the picture above. */
  readonly onDay: (span: TimeSpan) => void;
}

/** Every day of the last weeks: what was bought, what was sold, and the mean of 30 days. */
export function DaysCard({ look, onDay }: DaysCardProps) {
  const { home, clock } = look;
  const navigate = useNavigate();
  const nowMs = useNow(60_000);
  const search = useSearch({ strict: false }) as HomeSearch;
  const length = LENGTHS.find(({ value }) => value === search.days)?.value ?? "30";
  const dayMs = clock.dayStartMs(nowMs);
  const fromDate = dateOf(clock.wallMs(clock.addDaysMs(dayMs, 1 - Number(length))));
  const query = useQuery(daysQuery(home.id, fromDate, dateOf(clock.wallMs(dayMs))));
  const [table, setTable] = useState(false);
  const [hidden, setHidden] = useLocalStorage<readonly DayTrace[]>({
    key: "wattkeep-home-days-hidden",
    defaultValue: [],
    getInitialValueInEffect: false,
  });
  const traces: readonly DayTrace[] = home.hasSold ? ["bought", "sold", "mean"] : ["bought", "mean"];
  const shown = useMemo(
    () => new Set(["bought", "sold", "mean"].filter((trace) => !hidden.includes(trace as DayTrace)) as DayTrace[]),
    [hidden],
  );
  const days = query.data?.days;
  const scene = useMemo(() => (days === undefined ? undefined : daysScene({ days, shown, clock, nowMs })), [days, shown, clock, nowMs]);
  const toggle = (trace: DayTrace) => setHidden(hidden.includes(trace) ? hidden.filter((one) => one !== trace) : [...hidden, trace]);
  const open = (index: number) => {
    const day = days?.[index];
    if (day !== undefined) onDay({ fromMs: day.fromMs, toMs: day.toMs });
  };
  return (
    <section className="card home-days" aria-label="Days">
      <div className="home-days-head">
        {traces.map((trace) => (
          <button key={trace} type="button" aria-pressed={shown.has(trace)} className="home-days-trace" onClick={() => toggle(trace)}>
            <i data-trace={trace} style={{ "--c": `var(${COLORS[trace]})` } as CSSProperties} aria-hidden="true" />
            <span>{NAMES[trace]}</span>
            {trace === "mean" && shown.has(trace) && days !== undefined && <b>{energyText(days.at(-1)?.mean30Kwh)}</b>}
          </button>
        ))}
        {days?.some((day) => day.partial && !isToday(day, nowMs)) === true && (
          <span className="home-days-sign">
            <i data-trace="partial" style={{ "--c": "var(--import)" } as CSSProperties} aria-hidden="true" />
            Only a part observed
          </span>
        )}
        <span className="home-days-tools">
          <Seg
            label="Days"
            value={length}
            options={LENGTHS}
            onChange={(value) =>
              void navigate({
                to: ".",
                search: (before: object) => ({ ...before, days: value === "30" ? undefined : value }),
                replace: true,
                resetScroll: false,
              })
            }
          />
          <button type="button" className="ctl" aria-pressed={table} onClick={() => setTable(!table)}>
            {table ? "Chart" : "Table"}
          </button>
        </span>
      </div>
      {query.error !== null && <ErrorState error={query.error} retry={() => void query.refetch()} />}
      {days === undefined && query.error === null && <Skeleton height={124} />}
      {days !== undefined && table && (
        <Suspense fallback={<Skeleton height={124} />}>
          <DaysTable look={look} days={days} nowMs={nowMs} onDay={onDay} />
        </Suspense>
      )}
      {days !== undefined && scene !== undefined && !table && (
        <BarChart
          scene={scene}
          height={124}
          style={STYLE}
          label="Energy of each day"
          summary={summaryOf(days, look)}
          words={(index) => wordsOf(days[index], look, nowMs)}
          onOpen={open}
        />
      )}
    </section>
  );
}

const STYLE = { ...DESK_STYLE, ticks: 5 };
const NAMES = { bought: "Bought per day", sold: "Sold per day", mean: "Mean of 30 days" } as const;
const COLORS = { bought: "--import", sold: "--export", mean: "--text-2" } as const;

const dateOf = (wallMs: number): string => new Date(wallMs).toISOString().slice(0, 10);

function wordsOf(day: HomeDay | undefined, { home, clock }: HomeLook, nowMs: number): string {
  if (day === undefined) return "";
  return dayBarWords(day, day.cost === null ? undefined : moneyText(day.cost, home.currency), { clock, nowMs });
}

function summaryOf(days: readonly HomeDay[], { clock, home }: HomeLook): string {
  const { fromMs, toMs } = spanOfDays(days);
  const known = days.filter((day) => day.boughtKwh !== null);
  const most = known.reduce<HomeDay | undefined>((best, day) => ((day.boughtKwh ?? 0) > (best?.boughtKwh ?? -1) ? day : best), undefined);
  const mean = days.at(-1)?.mean30Kwh;
  const highest = most === undefined ? "" : ` The most was ${energyText(most.boughtKwh, home.wholeKwh)} on ${most.date}.`;
  return `Energy of ${known.length} days from ${rangeWords(clock, fromMs, toMs - 1)}.${highest} Mean of 30 days ${energyText(mean)}.`;
}
