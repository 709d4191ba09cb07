import { DAY_MS, HOUR_MS, MINUTE_MS } from "#calendar/civil.ts";
import { dateStart } from "#calendar/local-text.ts";
import type { Zone } from "#calendar/zone.ts";
import type { MeterSummary, Standing } from "./meter-answers.ts";
import type { MeterLife } from "./meter-life.ts";
import type { MeterSettings } from "./meter-settings.ts";

/** Silent after so many usual distances without a word, and never sooner than that. */
const SILENT_TIMES = 6;
const LEAST_SILENT_MS = 3 * HOUR_MS;
/** What a grid operator delivers comes a day or two later. */
const LATE_MS = 3 * DAY_MS;

type Stands = Pick<MeterSummary, "standing" | "because">;

/** How a meter stands, and why in words. */
export function standingOf(
  settings: MeterSettings,
  life: MeterLife,
  { nowMs, zone }: { readonly nowMs: number; readonly zone: Zone },
): Stands {
  const removedMs = settings.removedOn === undefined ? undefined : dateStart(settings.removedOn, zone);
  if (removedMs !== undefined && zone.nextStart("day", removedMs) <= nowMs) return says("ended", `Removed on ${settings.removedOn}.`);
  const { lastMs, dueMs, openEvents } = life;
  if (lastMs === undefined)
    return says("waiting", settings.what.kind === "physical" ? "No reading yet." : "Not all it is made of was read yet.");
  if (openEvents > 0)
    return says(
      "implausible",
      openEvents === 1 ? "1 reading is implausible: decide what it is." : `${openEvents} readings are implausible: decide what they are.`,
    );
  if (dueMs !== undefined && dueMs <= nowMs) {
    const days = zone.daysBetween(dueMs, nowMs);
    return says("due", days === 0 ? "Due today." : `Due since ${days === 1 ? "yesterday" : `${days} days`}.`);
  }
  const quietMs = nowMs - lastMs;
  const mostMs = Math.max(life.comesLate ? LATE_MS : LEAST_SILENT_MS, SILENT_TIMES * life.everyMs);
  if (!life.byHand && quietMs > mostMs)
    return says("silent", `Says nothing for ${lengthText(quietMs)}; usually every ${lengthText(life.everyMs)}.`);
  return says("live", "");
}

function says(standing: Standing, because: string): Stands {
  return { standing, because };
}

/** `3 days`, `5 hours`, `15 minutes`. */
export function lengthText(ms: number): string {
  if (ms >= 2 * DAY_MS) return `${Math.round(ms / DAY_MS)} days`;
  if (ms >= 2 * HOUR_MS) return `${Math.round(ms / HOUR_MS)} hours`;
  if (ms >= 2 * MINUTE_MS) return `${Math.round(ms / MINUTE_MS)} minutes`;
  return `${Math.max(1, Math.round(ms / 1_000))} seconds`;
}
