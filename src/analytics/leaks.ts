import { DAY_MS, HOUR_MS } from "#calendar/civil.ts";
import type { MeterAnomaly } from "./meter-anomaly.ts";
import { type MeterIndex, STEP } from "./meter-index.ts";
import { figureText, momentText, type RuleSettings } from "./meter-words.ts";

/** Flow without an hour of rest for so long is told. */
const LEAST_MS = DAY_MS;
/** A register that stands still for so long saw no flow; a little less, for readings that come early. */
const REST_MS = 0.95 * HOUR_MS;
/** Readings further apart do not tell whether there was a rest between. */
const MOST_APART_MS = 1.5 * HOUR_MS;

/** A stretch without rest, in rows of the index; it begins and ends with a reading. */
interface Flow {
  readonly from: number;
  readonly to: number;
}

/**
 * Stretches of at least 24 hours in which a meter of water or gas never rested for an hour: continuous flow, as a leak makes it.
 * Each begins with the last reading of the rest before it and ends with the first of the rest after it, or with the last reading
 * known.
 * Units:   `low` and `expected` are 0 (a meter rests at night); `amount` is all that was used meanwhile.
 * Missing: nothing is told where readings are rarer than hourly; a silence ends a stretch.
 * Source:  the continuous-consumption rule of water meters that are read hourly: 24 hours without one of zero.
 */
export function leaks(index: MeterIndex, settings: Omit<RuleSettings, "isHoliday">): MeterAnomaly[] {
  return longFlows(index).map((flow) => leakOf(index, flow, settings));
}

/** Long stretches between rests and silences. */
function longFlows({ tMs, total, step }: MeterIndex): Flow[] {
  const found: Flow[] = [];
  const end = (flow: Flow): void => {
    if ((tMs[flow.to] as number) - (tMs[flow.from] as number) >= LEAST_MS) found.push(flow);
  };
  let from = 0;
  // The first row of those that show the same as the row that is looked at.
  let still = 0;
  for (let i = 1; i < tMs.length; i += 1) {
    const isSilent = (tMs[i] as number) - (tMs[i - 1] as number) > MOST_APART_MS || ((step[i] as number) & STEP.unknown) !== 0;
    if (isSilent) {
      end({ from, to: i - 1 });
      from = i;
      still = i;
    } else if ((total[i] as number) > (total[i - 1] as number)) still = i;
    else if ((tMs[i] as number) - (tMs[still] as number) >= REST_MS) {
      if (still > from) end({ from, to: still });
      from = i;
    }
  }
  end({ from, to: tMs.length - 1 });
  return found;
}

function leakOf(index: MeterIndex, flow: Flow, { zone, unit }: Omit<RuleSettings, "isHoliday">): MeterAnomaly {
  const [fromMs, toMs] = [index.tMs[flow.from] as number, index.tMs[flow.to] as number];
  const amount = (index.total[flow.to] as number) - (index.total[flow.from] as number);
  const hours = (toMs - fromMs) / HOUR_MS;
  const least = leastPerHour(index, flow);
  const small = unit === "m³" ? { unit: "l", per: 1000 } : { unit, per: 1 };
  const says = (value: number): string => `${figureText(value * small.per)} ${small.unit}`;
  return {
    id: `leak:${fromMs}`,
    rule: "leak",
    fromMs,
    toMs,
    amount,
    expected: 0,
    low: 0,
    high: 0,
    score: Number.NaN,
    sentence:
      (flow.to === index.tMs.length - 1
        ? `Has not rested for an hour since ${momentText(fromMs, zone)}, ${Math.floor(hours)} hours: `
        : `Did not rest for an hour from ${momentText(fromMs, zone)} until ${momentText(toMs, zone)}, ${Math.floor(hours)} hours: `) +
      `never less than ${says(least)} in an hour, ${says(least * hours)} in all if that is a leak.`,
  };
}

/** Least flow of any hour of the stretch, per hour. */
function leastPerHour({ tMs, total }: MeterIndex, { from, to }: Flow): number {
  let least = Infinity;
  let end = from;
  for (let i = from; i < to; i += 1) {
    while (end < to && (tMs[end] as number) - (tMs[i] as number) < REST_MS) end += 1;
    const ms = (tMs[end] as number) - (tMs[i] as number);
    if (ms < REST_MS) break;
    least = Math.min(least, (((total[end] as number) - (total[i] as number)) / ms) * HOUR_MS);
  }
  return least;
}
