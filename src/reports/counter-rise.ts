import type { Range, Store } from "#store/store.ts";
import { truthOver } from "./counter-views.ts";
import type { Standing } from "./history.ts";
import type { SourceSeries } from "./plant-series.ts";

/**
 * What a register rose by over a range, counted apart from the intervals: its last reading less its first, less every step that
 * was no consumption. `toleranceKwh` is what the readings around the two ends leave open, and two digits.
 * Missing: NaN where the register is not known at both ends.
 */
export async function counterRise(
  store: Pick<Store, "read">,
  standing: Pick<Standing, "sources" | "rules">,
  { range, source }: { readonly range: Range; readonly source: SourceSeries },
): Promise<{ kwh: number; toleranceKwh: number }> {
  const [start, end] = await Promise.all([range.fromMs, range.toMs].map((tMs) => standsAt(store, standing, { tMs, source })));
  if (start === undefined || end === undefined) return { kwh: Number.NaN, toleranceKwh: 0 };
  const truth = await truthOver(store, standing, { range: { fromMs: start.tMs, toMs: end.tMs + 1 }, source });
  if (truth === undefined) return { kwh: Number.NaN, toleranceKwh: 0 };
  const from = truth.tMs.indexOf(start.tMs);
  const to = truth.tMs.indexOf(end.tMs);
  const kwh = from < 0 || to < 0 ? Number.NaN : (truth.energyKwh[to] as number) - (truth.energyKwh[from] as number);
  return { kwh, toleranceKwh: start.openKwh + end.openKwh + 2 * truth.resolutionKwh };
}

/** The newest reading at or before an instant, and what the register counted from it to the next. */
async function standsAt(
  store: Pick<Store, "read">,
  standing: Pick<Standing, "sources" | "rules">,
  { tMs, source }: { readonly tMs: number; readonly source: SourceSeries },
): Promise<{ tMs: number; openKwh: number } | undefined> {
  const truth = await truthOver(store, standing, { range: { fromMs: tMs, toMs: tMs + 1 }, source });
  const row = truth?.tMs.findLastIndex((at) => at <= tMs) ?? -1;
  if (truth === undefined || row < 0) return undefined;
  const after = truth.energyKwh[row + 1] ?? (truth.energyKwh[row] as number);
  return { tMs: truth.tMs[row] as number, openKwh: after - (truth.energyKwh[row] as number) };
}
