import type { Zone } from "#calendar/zone.ts";
import type { Range } from "#store/store.ts";

/**
 * The stretches that history is derived in, from the first to the last that touches [fromMs, toMs): local months that are
 * over, local days of the month that runs at `nowMs`, so that a new pulse makes one day new and not three years.
 */
export function spansOf(range: Range, nowMs: number, zone: Zone): Range[] {
  const monthMs = zone.startOf("month", nowMs);
  const months = range.fromMs < monthMs ? stretches(zone.starts("month", range.fromMs, Math.min(range.toMs, monthMs)), "month", zone) : [];
  const fromMs = Math.max(range.fromMs, monthMs);
  const days = fromMs < range.toMs ? stretches(zone.starts("day", fromMs, range.toMs), "day", zone) : [];
  return [...months, ...days];
}

function stretches(starts: readonly number[], unit: "month" | "day", zone: Zone): Range[] {
  return starts.map((fromMs, i) => ({ fromMs, toMs: starts[i + 1] ?? zone.nextStart(unit, fromMs) }));
}
