import { type CSSProperties, type KeyboardEvent, useState } from "react";
import type { UsageSummaryAnswer } from "#contract/usage.ts";
import { valueTicks } from "#web/charts/numbers.ts";
import { dayOfMonth, dayWords, weekdayOf } from "#web/charts/time-words.ts";
import { countText } from "#web/parts/format-number.ts";

type Day = UsageSummaryAnswer["byDay"][number];

/** A bar for each day; the one that is pointed at, or reached with the arrow keys, is said in words above. */
export function DayBars({ days }: { days: readonly Day[] }) {
  const [at, setAt] = useState<number>();
  const highest = Math.max(0, ...days.map((day) => day.count));
  const ticks = valueTicks(0, Math.max(4, highest * 1.08), 4).filter(Number.isInteger);
  const top = Math.max(ticks.at(-1) ?? 4, highest);
  const last = days.length - 1;
  const chosen = days[at ?? last];
  const key = (event: KeyboardEvent) => {
    const step = event.key === "ArrowLeft" ? -1 : event.key === "ArrowRight" ? 1 : 0;
    if (step === 0) return;
    event.preventDefault();
    setAt(Math.min(last, Math.max(0, (at ?? last) + step)));
  };
  return (
    <figure className="day-bars">
      <figcaption>
        {chosen && (
          <>
            {wordsOf(chosen)}: <b>{countText(chosen.count)}</b> {chosen.count === 1 ? "view" : "views"}
          </>
        )}
      </figcaption>
      <div
        className="day-plot"
        role="slider"
        tabIndex={0}
        aria-label="Views by day"
        aria-valuemin={0}
        aria-valuemax={Math.max(0, last)}
        aria-valuenow={at ?? last}
        aria-valuetext={chosen ? `${wordsOf(chosen)}, ${countText(chosen.count)} views` : "no days"}
        onKeyDown={key}
        onPointerLeave={() => setAt(undefined)}
      >
        {ticks.map((tick) => (
          <span key={tick} className="day-tick" style={{ "--y": tick / top } as CSSProperties}>
            <span>{countText(tick)}</span>
          </span>
        ))}
        <div className="day-columns">
          {days.map((day, index) => (
            <div
              key={day.date}
              className="day-column"
              data-chosen={index === at}
              data-weekend={isWeekend(day)}
              onPointerEnter={() => setAt(index)}
              onPointerDown={() => setAt(index)}
            >
              <i style={{ "--y": day.count / top } as CSSProperties} />
              {(last - index) % 7 === 0 && <small>{labelOf(day)}</small>}
            </div>
          ))}
        </div>
      </div>
    </figure>
  );
}

/** A local date as a wall time. */
const wall = (day: Day): number => Date.parse(`${day.date}T00:00:00Z`);

function wordsOf(day: Day): string {
  return dayWords(wall(day), true);
}

function labelOf(day: Day): string {
  const at = wall(day);
  return dayOfMonth(at) <= 7 ? dayWords(at, true) : dayWords(at, false);
}

function isWeekend(day: Day): boolean {
  const weekday = weekdayOf(wall(day));
  return weekday === 0 || weekday === 6;
}
