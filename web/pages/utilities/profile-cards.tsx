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

/** Habits: months by years, hours by days, the course of a day. */
export function ProfileCards({ look, view }: CardsProps) {
  const { meter, clock } = look;
  const { stretch, zoomed, nowMs } = view;
  const dayMs = clock.dayStartMs(nowMs);
  const habits = useMemo(() => {
    // A window somebody chose is looked at itself, where it holds days enough and not too many.
    const days = (stretch.toMs - stretch.fromMs) / DAY_MS;
    if (zoomed && days >= 2 && days <= MOST_DAYS) return { fromMs: clock.dayStartMs(stretch.fromMs), toMs: stretch.toMs };
    return { fromMs: clock.addDaysMs(dayMs, 1 - HABIT_DAYS), toMs: clock.addDaysMs(dayMs, 1) };
  }, [stretch.fromMs, stretch.toMs, zoomed, dayMs, clock]);
  const years = useMemo(
    () => gridWindow("year", { clock, nowMs: dayMs, firstMs: meter.coverage.firstMs ?? undefined }),
    [clock, dayMs, meter.coverage.firstMs],
  );
  const asked = useQuery(profileQuery(meter.id, habits));
  const askedYears = useQuery(profileQuery(meter.id, years));
  return (
    <>
      {askedYears.data === undefined ? (
        <Waiting title="Year over year" error={askedYears.error} height={220} />
      ) : (
        <YearsCard look={look} years={askedYears.data.years} nowMs={nowMs} />
      )}
      {asked.data === undefined ? (
        <Waiting title="Hours of the day" error={asked.error} height={220} />
      ) : (
        <>
          <MeterHeat look={look} profile={asked.data} onDay={view.setSpan} />
          <DayProfile look={look} profile={asked.data} span={habits} />
        </>
      )}
    </>
  );
}

function Waiting({ title, error, height }: { title: string; error: Error | null; height: number }) {
  return <Card title={title}>{error === null ? <Skeleton height={height} /> : <ErrorState error={error} />}</Card>;
}
