import type { Path } from "./document.ts";
import type { Known } from "./home-references.ts";
import { checkPart, type Parts, type WrittenMeter } from "./meter-parts.ts";
import { STILL_FROM } from "./meters.ts";
import { shown } from "./values.ts";
import { isMap, listOf } from "./written.ts";

interface Period {
  readonly at: Path;
  readonly from: string;
  /** Behind everything where it is still. */
  readonly to: string;
}

const STILL = "9999-12-31";
const DAY_MS = 86_400_000;

/** Periods of a master: ends before beginnings, days that count twice or not at all, sources that are no meters. */
export function checkPeriods(meter: WrittenMeter, parts: Parts, known: Known): void {
  const periods: Period[] = [];
  for (const [i, row] of listOf(meter.body["periods"]).entries()) {
    if (!isMap(row)) continue;
    const at = [...meter.at, "periods", i];
    const { from, to } = row;
    if (typeof from === "string" && isDate(from) && (to === undefined || isDate(to))) {
      const period = { at, from, to: to === undefined ? STILL : (to as string) };
      if (period.to < from) known.add([...at, "to"], `${period.to} is before ${from}, where the period begins`);
      else periods.push(period);
    }
    const seen = new Set<unknown>();
    for (const [j, source] of listOf(row["sources"]).entries()) {
      if (typeof source !== "string") continue;
      if (seen.has(source)) known.add([...at, "sources", j], `${shown(source)} stands here twice and would count twice`);
      seen.add(source);
      checkPart({ meter, parts, path: [...at, "sources", j], known }, source);
    }
  }
  checkDays(periods, known);
}

function checkDays(periods: readonly Period[], known: Known): void {
  const inOrder = periods.toSorted((a, b) => (a.from < b.from ? -1 : 1));
  for (const [i, period] of inOrder.entries()) {
    const before = inOrder[i - 1];
    if (before === undefined) continue;
    const lastDay = dayBefore(period.from);
    if (before.to >= period.from) {
      const end = before.to >= STILL_FROM ? "has no end" : `ends on ${before.to}`;
      known.add(
        [...period.at, "from"],
        `overlaps the period from ${before.from}, which ${end}: both days of a period belong to it, so that one would have to end on ${lastDay}`,
      );
    } else if (before.to < lastDay) known.warn([...period.at, "from"], `nothing counts from the day after ${before.to} to ${lastDay}`);
  }
}

function isDate(given: unknown): boolean {
  return typeof given === "string" && /^\d{4}-\d{2}-\d{2}$/.test(given) && !Number.isNaN(Date.parse(given));
}

function dayBefore(date: string): string {
  return new Date(Date.parse(date) - DAY_MS).toISOString().slice(0, 10);
}
