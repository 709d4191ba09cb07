import type { ZoneRowAnswer } from "#contract/building.ts";
import { momentText } from "#web/parts/format-time.ts";
import { zoneFigures } from "./zone-figures.ts";
import { tempText } from "./zone-words.ts";

/** "VAV 3-07 is 79.6 °F, 4.1 °F above its band since 09:40." */
export function zoneSentence(row: ZoneRowAnswer, how: { readonly nowMs: number; readonly zone: string }): string {
  const { zone, standing, outsideBy, unit, sinceMs } = row;
  const space = zoneFigures(row).space;
  const temp = tempText(space?.value ?? null, unit);
  const since = sinceMs === null ? "" : ` since ${momentText(sinceMs, how.nowMs, { zone: how.zone })}`;
  const off = tempText(outsideBy === null ? null : Math.abs(outsideBy), unit);
  switch (standing) {
    case "inside":
      return `${zone.name} is ${temp}, inside its band${since}.`;
    case "above":
    case "below":
      return `${zone.name} is ${temp}, ${off} ${standing} its band${since}.`;
    case "flat":
      return `${zone.name} says ${temp} without any change${since}; its sensor is not believed.`;
    case "no-setpoint":
      return space === undefined ? `${zone.name} has no setpoint.` : `${zone.name} is ${temp}; it has no setpoint to be compared with.`;
    case "bad":
      return `${zone.name} sends a value that cannot be true${since}.`;
    case "silent": {
      const last =
        space?.tMs === undefined || space.tMs === null ? since : ` since ${momentText(space.tMs, how.nowMs, { zone: how.zone })}`;
      return `${zone.name} has said nothing${last}${space?.value === undefined || space.value === null ? "" : `; it was ${temp} then`}.`;
    }
  }
}
