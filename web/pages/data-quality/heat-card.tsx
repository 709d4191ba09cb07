import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { type ReactNode, useCallback, useMemo } from "react";
import { QUALITY_NAMES } from "#contract/names.ts";
import type { PlantInfo } from "#contract/plant.ts";
import type { HeatAnswer } from "#contract/plant-intervals.ts";
import { HeatMap, HeatRamp } from "#web/charts/heat-map.tsx";
import type { ZoneClock } from "#web/charts/zone-clock.ts";
import { Card } from "#web/parts/card.tsx";
import { countText } from "#web/parts/format-number.ts";
import { countedIntervals, flagsOf, intervalNoun, intervalText } from "#web/parts/interval-words.ts";
import { QualityMark } from "#web/parts/quality-mark.tsx";
import { columnDecimals, fixedText, pulseDecimals } from "#web/parts/resolution.ts";
import { EmptyState, ErrorState, Skeleton } from "#web/parts/states.tsx";
import { type HeatFacts, heatFacts, heatPicture, heatRows } from "./heat-cells.ts";
import { heatQuery, type Stretch } from "./quality-queries.ts";

interface HeatCardProps {
  readonly plant: PlantInfo;
  readonly stretch: Stretch;
  readonly clock: ZoneClock;
  readonly nowMs: number;
}

/** Power of every interval, days by time of day; what is missing is a gap. */
export function HeatCard({ plant, stretch, clock, nowMs }: HeatCardProps) {
  const query = useQuery(heatQuery(plant.id, stretch));
  const noun = intervalNoun(plant.intervalMinutes);
  return (
    <Card title={`Every ${noun}`} note={<Legend maxKw={query.data?.maxKw ?? null} plant={plant} />}>
      {query.data ? (
        <DayMap answer={query.data} plant={plant} stretch={stretch} clock={clock} nowMs={nowMs} />
      ) : query.error ? (
        <ErrorState error={query.error} retry={() => void query.refetch()} />
      ) : (
        <Skeleton height={440} />
      )}
    </Card>
  );
}

function Legend({ maxKw, plant }: { maxKw: number | null; plant: PlantInfo }) {
  return (
    <div className="heat-legend">
      {maxKw !== null && <HeatRamp low="0" high={fixedText(maxKw, "kW", Math.min(1, pulseDecimals(plant.pulseKw)))} />}
      <span>
        <i className="heat-key gap" aria-hidden="true" />
        missing
      </span>
      <span>
        <i className="heat-key ring" aria-hidden="true" />
        R17
      </span>
      <span>
        <i className="heat-key dot" aria-hidden="true" />
        invalid or suspect
      </span>
      <span>
        <i className="heat-key hatched" aria-hidden="true" />
        not measured
      </span>
    </div>
  );
}

interface MapProps extends HeatCardProps {
  readonly answer: HeatAnswer;
}

function DayMap({ answer, plant, stretch, clock, nowMs }: MapProps) {
  const navigate = useNavigate();
  const rows = useMemo(() => heatRows(answer, { sinceMs: stretch.fromMs, nowMs }), [answer, stretch.fromMs, nowMs]);
  const picture = useMemo(() => heatPicture(rows, clock), [rows, clock]);
  const facts = useMemo(() => heatFacts(rows, picture.grid.days.length), [rows, picture]);
  const decimals = useMemo(() => columnDecimals(rows.kw, pulseDecimals(plant.pulseKw)), [rows, plant.pulseKw]);
  const about = useCallback(
    (index: number): About => {
      const endMs = rows.endMs[index] ?? 0;
      const bits = rows.bits[index] ?? 0;
      const kw = rows.kw[index] ?? null;
      const quality = QUALITY_NAMES.filter((_, place) => (bits & (1 << place)) !== 0);
      return {
        endMs,
        when: intervalText({ startMs: endMs - rows.lengthMs, endMs }, clock, nowMs),
        power: kw === null ? "nobody spoke of it" : fixedText(kw, "kW", decimals),
        flags: kw === null ? [] : flagsOf({ quality, estimated: false, source: "some" }),
      };
    },
    [rows, clock, nowMs, decimals],
  );
  const search = useCallback(
    (endMs: number) => ({ plant: plant.id, ...aroundDay(endMs - rows.lengthMs, clock), row: endMs }),
    [plant.id, rows.lengthMs, clock],
  );
  if (rows.endMs.length === 0) return <EmptyState sentence="No interval of this time is over yet." />;
  const summary = summaryOf(facts, plant.intervalMinutes, facts.highest === undefined ? undefined : about(facts.highest));
  return (
    <HeatMap
      grid={picture.grid}
      cells={picture.cells}
      clock={clock}
      label={`${plant.name}: days by time of day`}
      summary={summary}
      words={(index) => wordsOf(about(index))}
      readout={(index) =>
        index === undefined ? (
          <span>{summary}</span>
        ) : (
          <Readout about={about(index)}>
            <Link className="link" to="/data-explorer" search={search(rows.endMs[index] ?? 0)}>
              Open it
            </Link>
          </Readout>
        )
      }
      onOpen={(index) => void navigate({ to: "/data-explorer", search: search(rows.endMs[index] ?? 0) })}
    />
  );
}

interface About {
  readonly endMs: number;
  readonly when: string;
  readonly power: string;
  readonly flags: ReturnType<typeof flagsOf>;
}

function Readout({ about, children }: { about: About; children: ReactNode }) {
  return (
    <>
      <span>{about.when}</span>
      <b>{about.power}</b>
      {about.flags.map((flag) => (
        <QualityMark key={flag.words} state={flag.state} words={flag.words} />
      ))}
      {children}
    </>
  );
}

function wordsOf(about: About): string {
  return [about.when, about.power, ...about.flags.map((flag) => flag.words)].join(", ");
}

/** "30 days: highest 414.8 kW on …; 3 quarter-hours missing, 9 left out by R17." */
function summaryOf(facts: HeatFacts, minutes: number, highest: About | undefined): string {
  const marks = [
    facts.missing > 0 ? `${countedIntervals(facts.missing, minutes)} missing` : `no ${intervalNoun(minutes)} missing`,
    ...(facts.excluded > 0 ? [`${countText(facts.excluded)} left out by R17`] : []),
    ...(facts.invalid > 0 ? [`${countText(facts.invalid)} invalid`] : []),
  ];
  const top = highest === undefined ? "nothing known" : `highest ${highest.power} on ${highest.when}`;
  return `${countText(facts.days)} ${facts.days === 1 ? "day" : "days"}: ${top}; ${marks.join(", ")}.`;
}

/** The local day of an instant, as an address names it. */
function aroundDay(tMs: number, clock: ZoneClock): { from: number; to: number } {
  return { from: clock.dayStartMs(tMs), to: clock.addDaysMs(tMs, 1) };
}
