import type { TimeSpan } from "#web/charts/time-ticks.ts";
import { clockWords, dayWords, monthWord, yearOf } from "#web/charts/time-words.ts";
import { DAY_MS, type ZoneClock } from "#web/charts/zone-clock.ts";

/** A window as short as it stays clear: "2024 – 2026", "Jan 2025 – Nov 2026", "Thu 5 Mar 2026", "1 Mar – 31 Mar 2026". */
export function windowWords({ fromMs, toMs }: TimeSpan, clock: ZoneClock): string {
  const from = clock.wallMs(fromMs);
  const last = clock.wallMs(toMs) - 1;
  const starts = (wall: number, part: "month" | "year") => {
    const at = new Date(wall);
    return wall % DAY_MS === 0 && at.getUTCDate() === 1 && (part === "month" || at.getUTCMonth() === 0);
  };
  const month = (wall: number) => `${monthWord(wall)} ${yearOf(wall)}`;
  const day = (wall: number) => `${dayWords(wall, true)} ${yearOf(wall)}`;
  const joined = (first: string, second: string) => (first === second ? first : `${first} – ${second}`);
  if (starts(from, "year") && starts(last + 1, "year")) return joined(String(yearOf(from)), String(yearOf(last)));
  if (starts(from, "month") && starts(last + 1, "month")) return joined(month(from), month(last));
  if (from % DAY_MS === 0 && (last + 1) % DAY_MS === 0) return joined(day(from), day(last));
  if (day(from) === day(last)) return `${day(from)}, ${clockWords(from)} – ${clockWords(last + 1)}`;
  return `${day(from)}, ${clockWords(from)} – ${day(last)}, ${clockWords(last + 1)}`;
}
