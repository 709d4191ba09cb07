import type { FileContent } from "#dialects/file-format.ts";
import { lowerBound } from "#series/column.ts";
import { QUALITY } from "#series/quality.ts";
import { OUTCOME } from "#store/batch.ts";
import type { ImportReport } from "#store/records.ts";
import type { KnownIntervals } from "./judge.ts";

/** Marks that decide what an interval counts for. */
const COUNTS = QUALITY.excludedFromDemand | QUALITY.invalidAlarm;
/** Differences of sums of floating-point numbers. */
const NOISE_KWH = 1e-6;

/** What was there before a file was stored, and what storing it did: one outcome per sample, series after series. */
export interface Before {
  readonly known: KnownIntervals | undefined;
  readonly outcome: Uint8Array;
}

/** How many rows of a file told something new, confirmed or replaced what counted, or were there already. */
export function countRows(content: FileContent, before: Before): NonNullable<ImportReport["counts"]> {
  const counts = { new: 0, confirmed: 0, replaced: 0, unchanged: 0, repeated: content.repeated };
  for (let row = 0; row < content.tMs.length; row++) counts[kindOf(content, before, row)]++;
  return counts;
}

function kindOf(content: FileContent, { known, outcome }: Before, row: number): "new" | "confirmed" | "replaced" | "unchanged" {
  const told = content.sayings.map((_, i) => outcome[i * content.tMs.length + row]);
  if (told.every((what) => what === OUTCOME.duplicate)) return "unchanged";
  const said = known && saidOf(content, known, row);
  if (said === undefined) return told.includes(OUTCOME.replaced) ? "replaced" : "new";
  const energyKwh = content.sayings.find(({ quantity }) => quantity === "energy")?.value[row] ?? Number.NaN;
  const sameEnergy = Math.abs(energyKwh - said.energyKwh) <= content.stepKwh + NOISE_KWH;
  const marks = (content.quality[row] as number) & COUNTS;
  const sameDemand = marks === (said.quality & COUNTS) && (marks !== 0 || said.isDemand);
  return sameEnergy && sameDemand ? "confirmed" : "replaced";
}

interface Said {
  readonly energyKwh: number;
  readonly isDemand: boolean;
  readonly quality: number;
}

/** What counted at the instant of a row. Missing: undefined where nobody knew the interval. */
function saidOf({ tMs }: FileContent, known: KnownIntervals, row: number): Said | undefined {
  const at = lowerBound(known.tMs, tMs[row] as number);
  const energyKwh = known.energyKwh[at] ?? Number.NaN;
  if (known.tMs[at] !== tMs[row] || Number.isNaN(energyKwh)) return undefined;
  return { energyKwh, isDemand: !Number.isNaN(known.demandKw[at]), quality: known.quality[at] as number };
}
