import { useMemo } from "react";
import type { MeterProfileAnswer } from "#contract/meter-history.ts";
import { HeatMap, HeatRamp } from "#web/charts/heat-map.tsx";
import type { TimeSpan } from "#web/charts/time-ticks.ts";
import { clockWords, dayWords } from "#web/charts/time-words.ts";
import { Card } from "#web/parts/card.tsx";
import { type HeatDays, heatDays } from "./heat-days.ts";
import { MEDIA } from "./media.ts";
import type { MeterLook } from "./meter-look.ts";
import { amountText } from "./words.ts";

interface HeatProps {
  readonly look: MeterLook;
  readonly profile: MeterProfileAnswer;
  readonly onDay: (span: TimeSpan) => void;
}

/** What each hour of each day used; what nobody measured by the hour is a gap. Nothing where readings are rarer than hours. */
export function MeterHeat({ look, profile, onDay }: HeatProps) {
  const days = useMemo(() => heatDays(profile), [profile]);
  const { color } = MEDIA[look.meter.medium];
  if (days === undefined) return null;
  return (
    <Card
      title="Hours of the day"
      note={
        <div className="heat-legend">
          <HeatRamp low="0" high={amountText(days.most, profile.unit)} color={color} />
          <span>
            <i className="heat-key gap" aria-hidden="true" />
            not known by the hour
          </span>
        </div>
      }
    >
      <Picture look={look} days={days} unit={profile.unit} color={color} onDay={onDay} />
    </Card>
  );
}

interface PictureProps {
  readonly look: MeterLook;
  readonly days: HeatDays;
  readonly unit: string;
  readonly color: string;
  readonly onDay: (span: TimeSpan) => void;
}

function Picture({ look: { meter, clock }, days, unit, color, onDay }: PictureProps) {
  const { grid, amounts } = days;
  const about = (index: number) => {
    const { row, column } = grid.placeOf(index);
    const dayMs = grid.days[row] ?? 0;
    const wall = column * grid.lengthMs;
    return {
      dayMs,
      when: `${dayWords(clock.wallMs(dayMs), true)}, ${clockWords(wall)} to ${column === grid.columns - 1 ? "24:00" : clockWords(wall + grid.lengthMs)}`,
      amount: amounts[index] === null || amounts[index] === undefined ? "not known" : amountText(amounts[index], unit),
    };
  };
  const open = (index: number) => {
    const { dayMs } = about(index);
    onDay({ fromMs: dayMs, toMs: clock.addDaysMs(dayMs, 1) });
  };
  const summary = `${grid.days.length} days by hours: ${days.known} of ${amounts.length} hours known, up to about ${amountText(days.most, unit)} in one.`;
  const cells = useMemo(() => ({ ...days.cells, ramp: color }), [days.cells, color]);
  return (
    <HeatMap
      grid={grid}
      cells={cells}
      clock={clock}
      label={`${meter.name}: days by time of day`}
      summary={summary}
      words={(index) => `${about(index).when}: ${about(index).amount}`}
      readout={(index) => {
        if (index === undefined) return <span>{summary}</span>;
        const { when, amount } = about(index);
        return (
          <>
            <span>{when}</span>
            <b>{amount}</b>
            <button type="button" className="link" onClick={() => open(index)}>
              Open the day
            </button>
          </>
        );
      }}
      onOpen={open}
    />
  );
}
