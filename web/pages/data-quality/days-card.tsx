import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import type { PlantInfo } from "#contract/plant.ts";
import type { PlantDay } from "#contract/plant-intervals.ts";
import { dayWords, yearOf } from "#web/charts/time-words.ts";
import { DAY_MS, type ZoneClock } from "#web/charts/zone-clock.ts";
import { Card } from "#web/parts/card.tsx";
import { countText } from "#web/parts/format-number.ts";
import { columnDecimals, fixedText, pulseDecimals } from "#web/parts/resolution.ts";
import { Seg } from "#web/parts/seg.tsx";
import { EmptyState, ErrorState, Skeleton } from "#web/parts/states.tsx";
import { TableScroll } from "#web/parts/table-scroll.tsx";
import { daysQuery, type Stretch } from "./quality-queries.ts";

interface DaysCardProps {
  readonly plant: PlantInfo;
  readonly stretch: Stretch;
  readonly clock: ZoneClock;
  readonly nowMs: number;
}

const STEP = 31;

/** Every day with what it should have and what it has. A day is the site's own: 92 quarter-hours in spring, 100 in autumn. */
export function DaysCard({ plant, stretch, clock, nowMs }: DaysCardProps) {
  const query = useQuery(daysQuery(plant.id, stretch));
  const [which, setWhich] = useState<"marked" | "all">("marked");
  const [most, setMost] = useState(STEP);
  const days = useMemo(() => [...(query.data?.days ?? [])].reverse(), [query.data]);
  const marked = useMemo(() => days.filter((day) => isMarked(day)), [days]);
  const chosen = which === "all" ? days : marked;
  const note = (
    <Seg
      label="Which days"
      value={which}
      options={[
        { value: "marked", label: `With something ${countText(marked.length)}` },
        { value: "all", label: `All ${countText(days.length)}` },
      ]}
      onChange={(next) => {
        setWhich(next);
        setMost(STEP);
      }}
    />
  );
  return (
    <Card title="Days" {...(query.data ? { note } : {})}>
      {!query.data && (query.error ? <ErrorState error={query.error} retry={() => void query.refetch()} /> : <Skeleton height={180} />)}
      {query.data && days.length === 0 && <EmptyState sentence="No day of this time has begun." />}
      {days.length > 0 && chosen.length === 0 && (
        <p className="muted">
          <span className="good">✓</span> Every day has all its intervals, and none is marked.
        </p>
      )}
      {chosen.length > 0 && <DayTable days={chosen.slice(0, most)} plant={plant} clock={clock} nowMs={nowMs} />}
      {chosen.length > most && (
        <button type="button" className="link" onClick={() => setMost(most + STEP)}>
          Show {countText(Math.min(STEP, chosen.length - most))} more
        </button>
      )}
    </Card>
  );
}

function isMarked(day: PlantDay): boolean {
  return day.missing > 0 || day.excluded > 0 || day.invalid > 0 || (day.estimatedKwh ?? 0) > 0 || isOdd(day);
}

interface DayTableProps {
  readonly days: readonly PlantDay[];
  readonly plant: PlantInfo;
  readonly clock: ZoneClock;
  readonly nowMs: number;
}

function DayTable({ days, plant, clock, nowMs }: DayTableProps) {
  const kw = columnDecimals(
    days.flatMap((day) => [day.peakKw, day.peakWithExcludedKw]),
    pulseDecimals(plant.pulseKw),
  );
  return (
    <TableScroll>
      <table className="stack day-table">
        <thead>
          <tr>
            <th>Day</th>
            <th className="n">There</th>
            <th className="n">Missing</th>
            <th className="n">R17</th>
            <th className="n">Invalid</th>
            <th className="n">Energy, kWh</th>
            <th className="n">of it estimated</th>
            <th className="n">Peak, kW</th>
            <th className="n">with R17</th>
          </tr>
        </thead>
        <tbody>
          {days.map((day) => (
            <tr key={day.startMs}>
              <td className="nowrap">
                <Link className="link" to="/data-explorer" search={{ plant: plant.id, from: day.startMs, to: day.endMs }}>
                  {dayName(day, clock, nowMs)}
                </Link>
                {isOdd(day) && <span className="faint"> {clockChange(day)}</span>}
                {day.endMs > nowMs && <span className="faint"> so far</span>}
              </td>
              <td className="n" data-label="there">
                {countText(day.observed)} <span className="faint">of {countText(day.expected)}</span>
              </td>
              <Count value={day.missing} label="missing" />
              <Count value={day.excluded} label="R17" />
              <Count value={day.invalid} label="invalid" />
              <td className="n" data-label="kWh">
                {fixedText(day.energyKwh, "", Math.min(1, pulseDecimals(plant.pulseKwh)))}
              </td>
              <td className={(day.estimatedKwh ?? 0) === 0 ? "n faint" : "n"} data-label="estimated">
                {(day.estimatedKwh ?? 0) === 0 ? "0" : fixedText(day.estimatedKwh, "", Math.min(1, pulseDecimals(plant.pulseKwh)))}
              </td>
              <td className="n" data-label="peak">
                {fixedText(day.peakKw, "", kw)}
              </td>
              <td className={day.peakWithExcludedKw === day.peakKw ? "n faint" : "n"} data-label="with R17">
                {day.peakWithExcludedKw === day.peakKw ? "same" : fixedText(day.peakWithExcludedKw, "", kw)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </TableScroll>
  );
}

function Count({ value, label }: { value: number; label: string }) {
  return (
    <td className={value === 0 ? "n faint" : "n"} data-label={label}>
      {countText(value)}
    </td>
  );
}

function dayName(day: PlantDay, clock: ZoneClock, nowMs: number): string {
  const wall = clock.wallMs(day.startMs + 1);
  const year = yearOf(wall) === yearOf(clock.wallMs(nowMs)) ? "" : ` ${yearOf(wall)}`;
  return `${dayWords(wall, true)}${year}`;
}

function clockChange(day: PlantDay): string {
  return day.endMs - day.startMs < DAY_MS ? "clocks go forward" : "clocks go back";
}

/** A day of 23 or 25 hours. */
function isOdd(day: PlantDay): boolean {
  return day.endMs - day.startMs !== DAY_MS;
}
