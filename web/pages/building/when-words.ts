import type { TimeSpan } from "#web/charts/time-ticks.ts";
import { dayWords, rangeWords } from "#web/charts/time-words.ts";
import type { ZoneClock } from "#web/charts/zone-clock.ts";
import type { Asked } from "#web/client/asked-span.ts";
import { RANGE_WORDS, type RangeName, type ViewSearch } from "#web/client/range.ts";
import { spanText } from "#web/parts/format-time.ts";

/** The time numbers are of, at the end of a sentence: "today", "in the last 7 days", "3 – 10 Mar". */
export function whenWords(
  view: ViewSearch,
  asked: Asked,
  how: { readonly nowMs: number; readonly zone: string; readonly usual?: RangeName },
): string {
  if (view.from !== undefined && view.to !== undefined) return spanText(asked, how.nowMs, { zone: how.zone });
  return RANGE_WORDS[view.range ?? how.usual ?? "today"];
}

/** The same as the head of a column, short: "today", "7 days". */
export function whenShort(view: ViewSearch): string {
  if (view.from !== undefined) return "";
  const range = view.range ?? "today";
  return range === "today" || range === "yesterday" ? range : range.replace(/(\d+)([hd])/, (_, count, unit) => `${count} ${unit}`);
}

/** A stretch as one reads it: "Fri 20 Nov" for a whole day, else from when to when. */
export function stretchWords(clock: ZoneClock, { fromMs, toMs }: TimeSpan): string {
  const day = clock.dayStartMs(fromMs) === fromMs && clock.addDaysMs(fromMs, 1) === toMs;
  return day ? dayWords(clock.wallMs(fromMs), true) : rangeWords(clock, fromMs, toMs);
}
