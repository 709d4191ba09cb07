import type { TimeSpan } from "#web/charts/time-ticks.ts";
import { dayWords } from "#web/charts/time-words.ts";
import { spanText } from "#web/parts/format-time.ts";
import type { HomeLook } from "./home-look.ts";
import { isDay } from "./view-span.ts";

/** A stretch as short as it stays clear: "Today", "Mon 9 Mar", "06:30 – 09:00". */
export function spanWords(
  span: TimeSpan,
  { clock, home }: Pick<HomeLook, "clock"> & { readonly home: { readonly zone: string } },
  nowMs: number,
): string {
  if (!isDay(span, clock)) return spanText(span, nowMs, { zone: home.zone });
  return clock.dayStartMs(nowMs) === span.fromMs ? "Today" : dayWords(clock.wallMs(span.fromMs), true);
}
