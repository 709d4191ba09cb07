import type { Zone } from "#calendar/zone.ts";
import { bentPace, type GapBend, gapBend, isGap } from "./gap-bend.ts";
import { medianSpacing } from "./median-spacing.ts";
import type { Pace } from "./meter-consumption.ts";
import type { MeterIndex } from "./meter-index.ts";

/**
 * The pace of a meter all of whose readings are at hand: where they are at least hourly, each gap is bent by its neighbours and by the
 * habits of the meter; elsewhere, and where readings are rarer, it is the pace that is given.
 */
export function shapedPace(index: MeterIndex, zone: Zone, { pace }: { pace: Pace }): Pace {
  const everyMs = medianSpacing(index.tMs);
  const bends: GapBend[] = [];
  for (let row = 1; row < index.tMs.length; row += 1) {
    if (!isGap(index, row, everyMs)) continue;
    const bend = gapBend(index, { fromMs: index.tMs[row - 1] as number, toMs: index.tMs[row] as number }, { everyMs, zone });
    if (bend) bends.push(bend);
  }
  return bentPace(pace, bends);
}
