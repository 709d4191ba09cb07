import { numberWords } from "#web/charts/numbers.ts";
import { visibleRows } from "#web/charts/panel-scene.ts";
import { energyAt, lastMs, type PowerRows } from "#web/charts/power-scene.ts";
import type { TimeSpan } from "#web/charts/time-ticks.ts";
import { clockWords, dayWords, rangeWords } from "#web/charts/time-words.ts";
import type { ZoneClock } from "#web/charts/zone-clock.ts";
import { energyText } from "./words.ts";

export interface SummaryParts {
  readonly picture: PowerRows;
  readonly span: TimeSpan;
  readonly clock: ZoneClock;
  readonly whole: boolean;
}

/** The picture in one paragraph, for those who cannot see it. */
export function chartSummary({ picture, span, clock, whole }: SummaryParts): string {
  const { power } = picture;
  const [from, to] = visibleRows(power, span);
  let high = -1;
  let low = -1;
  for (let row = from; row < to; row++) {
    if (Number.isNaN(power.value[row] ?? Number.NaN)) continue;
    if (high < 0 || (power.max[row] ?? 0) > (power.max[high] ?? 0)) high = row;
    if (low < 0 || (power.min[row] ?? 0) < (power.min[low] ?? 0)) low = row;
  }
  const range = rangeWords(clock, span.fromMs, span.toMs);
  if (high < 0) return `Power from ${range}: no readings.`;
  const at = (row: number) => {
    const wall = clock.wallMs(power.tMs[row] ?? 0);
    return `${dayWords(wall, true)}, ${clockWords(wall)}`;
  };
  const end = energyAt(picture, Math.min(span.toMs, lastMs(picture)));
  const start = energyAt(picture, span.fromMs);
  const energy = end === undefined || start === undefined ? "" : ` ${energyText(end - start, whole)} were bought.`;
  const derived = picture.derived ? " Power follows from the register." : "";
  return (
    `Power from ${range}.${energy} Highest ${numberWords(power.max[high] ?? 0, 0)} W on ${at(high)}; ` +
    `lowest ${numberWords(power.min[low] ?? 0, 0)} W on ${at(low)}.${derived}`
  );
}
