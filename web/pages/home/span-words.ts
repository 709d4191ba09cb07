import type { TimeSpan } from "#web/charts/time-ticks.ts";
import { dayWords } from "#web/charts/time-words.ts";
import { spanText } from "#web/parts/format-time.ts";
import type { HomeLook } from "./home-look.ts";
import { dayOf } from "./view-span.ts";

/** A stretch as short as it stays clear: "Today", "Mon 9 Mar", "06:30 – 09:00". */
export function spanWords(
  span: TimeSpan,
  { clock, home }: Pick<HomeLook, "clock"> & { readonly home: { readonly zone: string } },
  nowMs: number,
): string {
  const day = dayOf(span.fromMs, clock);
  if (day.fromMs !== span.fromMs || day.toMs !== span.toMs) return spanText(span, nowMs, { zone: home.zone });
  return clock.dayStartMs(nowMs) === day.fromMs ? "Today" : dayWords(clock.wallMs(day.fromMs), true);
}
