import type { PlantInfo } from "#contract/plant.ts";
import type { IntervalRow } from "#contract/plant-intervals.ts";
import type { PlantPeak } from "#contract/plant-parts.ts";
import type { ZoneClock } from "#web/charts/zone-clock.ts";
import { spanText } from "#web/parts/format-time.ts";
import { flagsOf, intervalText } from "#web/parts/interval-words.ts";
import { demandText } from "./figures.ts";

/** "Thu 5 Mar, 10:15 – 10:30: 414.8 kW, PLC file": an interval as the line above a chart says it. */
export function rowWords(row: IntervalRow, plant: PlantInfo, look: { readonly clock: ZoneClock; readonly nowMs: number }): string {
  const when = intervalText(row, look.clock, look.nowMs);
  if (row.powerKw === null) return `${when}: missing`;
  const marks = flagsOf(row).map((flag) => flag.words);
  return [`${when}: ${demandText(row.powerKw, plant)}`, ...marks, ...(row.source === null ? [] : [sourceWords(row.source, plant)])].join(
    ", ",
  );
}

/** What a source is to people: the file of the PLC, live pulses, the utility's own rows. */
export function sourceWords(name: string | null, plant: Pick<PlantInfo, "sources">): string {
  if (name === null) return "";
  const found = plant.sources.find((source) => source.name === name);
  if (found === undefined) return name;
  const kind = { derived: "computed", live: "live", device: "device", file: "file", utility: "utility" }[found.rankName];
  return name.toLowerCase().includes(kind) ? name : `${name}, ${kind}`;
}

/** When a peak was: "Thu 5 Mar, 10:15 – 10:30". */
export const peakWhen = (peak: PlantPeak, clock: ZoneClock, nowMs: number): string => intervalText(peak, clock, nowMs);

/** A billing period by its days: "24 Feb – 23 Mar". */
export const periodText = (period: { readonly fromMs: number; readonly toMs: number }, zone: string, nowMs: number): string =>
  spanText(period, nowMs, { zone });

/** "Aug 2026" for calendar months, else "24 Jul": a period in as few letters as an axis has room for. */
export function periodShort(fromMs: number, zone: string, basis: "calendar" | "billing"): string {
  const shape: Intl.DateTimeFormatOptions = basis === "calendar" ? { month: "short" } : { day: "numeric", month: "short" };
  return new Intl.DateTimeFormat(undefined, { ...shape, timeZone: zone }).format(fromMs);
}

/** "24 July 2026": a period by the local date it is named after. */
export function namedDate(name: string | null | undefined): string {
  if (name === null || name === undefined) return "—";
  const t = Date.parse(`${name}T12:00:00Z`);
  if (Number.isNaN(t)) return name;
  return new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" }).format(t);
}

/** Which rule made the billing demand, in a word. */
export const RULE_WORDS = {
  metered: "metered",
  ratchet: "held by the ratchet",
  minimum: "held by the minimum",
  none: "no demand charge",
} as const;

/** "+0.4 s", "−2 min": how far the sender's clock is ahead of ours. */
export function offsetText(offsetMs: number): string {
  const sign = offsetMs < 0 ? "−" : "+";
  const seconds = Math.abs(offsetMs) / 1000;
  return seconds < 100 ? `${sign}${seconds.toFixed(1)}\u00a0s` : `${sign}${Math.round(seconds / 60)}\u00a0min`;
}

/** "$19,478": money without its cents, for the one line that is read from afar. */
export function wholeMoney(amount: string | null | undefined, currency: string): string {
  if (amount === null || amount === undefined) return "—";
  try {
    const style = { style: "currency", currency, maximumFractionDigits: 0, minimumFractionDigits: 0 } as const;
    return new Intl.NumberFormat(undefined, style).format(Number(amount)).replace("-", "−");
  } catch {
    return `${Math.round(Number(amount))} ${currency}`;
  }
}

/** "26 Mar": a day in as few letters as a note has room for. */
export function dayShort(tMs: number, zone: string): string {
  return new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short", timeZone: zone }).format(tMs);
}
