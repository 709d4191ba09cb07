import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { PlantDay } from "#contract/plant-intervals.ts";
import { dayWords } from "#web/charts/time-words.ts";
import { CardState } from "#web/pages/plant/card-state.tsx";
import { demandText, energyText } from "#web/pages/plant/figures.ts";
import type { PlantLook } from "#web/pages/plant/plant-look.ts";
import { daysQuery, type Stretch } from "#web/pages/plant/plant-queries.ts";
import { Card } from "#web/parts/card.tsx";
import { countText } from "#web/parts/format-number.ts";
import { clockText } from "#web/parts/interval-words.ts";
import { TableScroll } from "#web/parts/table-scroll.tsx";

/** The days of a week, each with its energy, its highest demand and what is missing. */
export function DayTable({ look, stretch }: { look: PlantLook; stretch: Stretch }) {
  const query = useQuery(daysQuery(look.plant.id, stretch));
  return (
    <Card title="Days of this week" note="an interval belongs to the day it lies in">
      <CardState query={query} height={220}>
        {(answer) => (
          <TableScroll>
            <table className="stack">
              <thead>
                <tr>
                  <th>Day</th>
                  <th className="n">Energy</th>
                  <th className="n">Highest demand</th>
                  <th>When</th>
                  <th className="n">Intervals</th>
                  <th className="n">Missing</th>
                </tr>
              </thead>
              <tbody>
                {answer.days
                  .filter((day) => day.expected > 0 && day.startMs <= Date.now())
                  .map((day) => (
                    <DayRow key={day.date} day={day} look={look} />
                  ))}
              </tbody>
            </table>
          </TableScroll>
        )}
      </CardState>
    </Card>
  );
}

function DayRow({ day, look: { plant, clock } }: { day: PlantDay; look: PlantLook }) {
  const times = day.peakEndMs === null ? undefined : { startMs: day.peakEndMs - plant.intervalMinutes * 60_000, endMs: day.peakEndMs };
  return (
    <tr>
      <td>
        <Link className="link" to="/data-explorer" search={{ plant: plant.id, from: day.startMs, to: day.endMs }}>
          {dayWords(clock.wallMs(day.startMs), true)}
        </Link>
        {!day.complete && <span className="faint"> so far</span>}
      </td>
      <td className="n" data-label="Energy">
        {energyText(day.energyKwh)}
      </td>
      <td className="n" data-label="Highest">
        {demandText(day.peakKw, plant)}
      </td>
      <td className="muted">{times && clockText(times, clock)}</td>
      <td className="n" data-label="Intervals">
        {countText(day.observed)} <span className="faint">of {countText(day.expected)}</span>
      </td>
      <td className="n" data-label="Missing">
        {day.missing === 0 ? "none" : <span className="q missing">{countText(day.missing)}</span>}
      </td>
    </tr>
  );
}
