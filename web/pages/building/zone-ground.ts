import type { ZoneDetailAnswer } from "#contract/building.ts";
import type { GroundSpan } from "#web/charts/ground-span.ts";
import type { TimeSpan } from "#web/charts/time-ticks.ts";

/** What lies behind the charts of a zone: shaded while nobody is there, hatched while it is not judged. Ascending by kind, then by time. */
export function zoneGround(detail: Pick<ZoneDetailAnswer, "range" | "occupied" | "warmUp" | "airHandlerRan">): GroundSpan[] {
  const { range, occupied, warmUp, airHandlerRan } = detail;
  const empty = without([range], [...occupied, ...warmUp]);
  const off = airHandlerRan === null ? [] : without(occupied, airHandlerRan);
  return [
    ...empty.map((span) => ({ ...span, look: "shade", label: "not occupied" }) as const),
    ...warmUp.map((span) => ({ ...span, look: "hatch", label: "warm-up" }) as const),
    ...off.map((span) => ({ ...span, look: "hatch", label: "air handler off" }) as const),
  ].map(({ fromMs, toMs, look, label }) => ({ fromMs, toMs, look, label }));
}

/** What is left of some stretches when others are taken out of them. */
export function without(spans: readonly TimeSpan[], others: readonly TimeSpan[]): TimeSpan[] {
  const cuts = [...others].sort((a, b) => a.fromMs - b.fromMs);
  return spans.flatMap((span) => {
    const left: TimeSpan[] = [];
    let { fromMs } = span;
    for (const cut of cuts) {
      if (cut.toMs <= fromMs || cut.fromMs >= span.toMs) continue;
      if (cut.fromMs > fromMs) left.push({ fromMs, toMs: cut.fromMs });
      fromMs = Math.max(fromMs, cut.toMs);
    }
    if (fromMs < span.toMs) left.push({ fromMs, toMs: span.toMs });
    return left;
  });
}
