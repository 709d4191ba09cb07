import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { DAY_MS } from "#web/charts/zone-clock.ts";
import { Card } from "#web/parts/card.tsx";
import { ErrorState, Skeleton } from "#web/parts/states.tsx";
import { DayProfile } from "./day-profile.tsx";
import { MeterHeat } from "./meter-heat.tsx";
import type { MeterLook } from "./meter-look.ts";
import { profileQuery } from "./meter-page-queries.ts";
import { gridWindow } from "./meter-window.ts";
import type { MeterView } from "./use-meter-view.ts";
import { YearsCard } from "./years-card.tsx";

interface CardsProps {
  readonly look: MeterLook;
  readonly view: MeterView;
}

const HABIT_DAYS = 56;
/** More days than this are no longer told apart in a picture. */
const MOST_DAYS = 400;

/** Months by years, over all there is. */
export function YearsPart({ look, view }: CardsProps) {
  const { meter, clock } = look;
  const dayMs = clock.dayStartMs(view.nowMs);
  const years = useMemo(
    () => gridWindow("year", { clock, nowMs: dayMs, firstMs: meter.coverage.firstMs ?? undefined }),
    [clock, dayMs, meter.coverage.firstMs],
  );
  const query = useQuery(profileQuery(meter.id, years));
  if (query.data === undefined) return <Waiting title="Year over year" error={query.error} height={240} />;
  return <YearsCard look={look} years={query.data.years} nowMs={view.nowMs} />;
}

/** Hours by days and the course of a day: of the last weeks, or of a window somebody chose. */
export function HabitsPart({ look, view }: CardsProps) {
  const { meter, clock } = look;
  const { stretch, zoomed, nowMs } = view;
  const dayMs = clock.dayStartMs(nowMs);
  const span = useMemo(() => {
    const days = (stretch.toMs - stretch.fromMs) / DAY_MS;
    if (zoomed && days >= 2 && days <= MOST_DAYS) return { fromMs: clock.dayStartMs(stretch.fromMs), toMs: stretch.toMs };
    return { fromMs: clock.addDaysMs(dayMs, 1 - HABIT_DAYS), toMs: clock.addDaysMs(dayMs, 1) };
  }, [stretch.fromMs, stretch.toMs, zoomed, dayMs, clock]);
  const query = useQuery(profileQuery(meter.id, span));
  // A meter that is read once a month has no hours: there is nothing to wait for.
  const rare = (meter.everyMs ?? 0) > 2 * DAY_MS;
  if (query.data === undefined)
    return rare && query.error === null ? null : <Waiting title="Hours of the day" error={query.error} height={300} />;
  return (
    <div className="meter-habits">
      <MeterHeat look={look} profile={query.data} onDay={view.setSpan} />
      <DayProfile look={look} profile={query.data} span={span} />
    </div>
  );
}

function Waiting({ title, error, height }: { title: string; error: Error | null; height: number }) {
  return <Card title={title}>{error === null ? <Skeleton height={height} /> : <ErrorState error={error} />}</Card>;
}
