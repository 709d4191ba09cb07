import { offsetText } from "#calendar/local-text.ts";
import type { PlantPeak } from "#contract/plant-parts.ts";
import type { IntervalRow } from "#reports/plant-answers.ts";
import type { PlantDesk } from "./desk.ts";
import { marks } from "./wire.ts";

interface Peak {
  readonly tMs: number;
  readonly kw: number;
}

/** A peak without looking up where it came from. */
export function bare(peak: Peak, desk: Pick<PlantDesk, "lengthMs" | "zone">): PlantPeak {
  const startMs = peak.tMs - desk.lengthMs;
  return {
    startMs,
    endMs: peak.tMs,
    startLocal: offsetText(startMs, desk.zone),
    endLocal: offsetText(peak.tMs, desk.zone),
    kw: peak.kw,
    source: null,
    quality: [],
  };
}

/** The same with its source and its marks. */
export async function traced(peak: Peak, desk: PlantDesk): Promise<PlantPeak> {
  return withRow(bare(peak, desk), await desk.row(peak.tMs));
}

/** Peaks with their sources, in their order. */
export function tracedAll(peaks: readonly Peak[], desk: PlantDesk): Promise<PlantPeak[]> {
  return Promise.all(peaks.map((peak) => traced(peak, desk)));
}

/** Missing: null where there is no peak. */
export async function tracedOrNull(peak: Peak | undefined, desk: PlantDesk): Promise<PlantPeak | null> {
  return peak === undefined || Number.isNaN(peak.kw) ? null : traced(peak, desk);
}

/** A row as a peak of its power. Missing: null where its power is not known. */
export function peakOfRow(row: IntervalRow | undefined, desk: Pick<PlantDesk, "lengthMs" | "zone">): PlantPeak | null {
  if (row === undefined || Number.isNaN(row.powerKw)) return null;
  return withRow(bare({ tMs: row.endMs, kw: row.powerKw }, desk), row);
}

function withRow(peak: PlantPeak, row: IntervalRow | undefined): PlantPeak {
  return row === undefined ? peak : { ...peak, source: row.source ?? null, quality: marks(row.quality) };
}
