import type { MeterAnomaly } from "./meter-anomaly.ts";
import type { MeterConsumption, Pace } from "./meter-consumption.ts";
import type { MeterIndex } from "./meter-index.ts";
import type { RuleSettings } from "./meter-words.ts";
import { readSpans, rowSpans } from "./read-spans.ts";
import { judgedSpans } from "./span-judgement.ts";
import { toldSpans } from "./told-spans.ts";

export interface UnusualSettings extends RuleSettings {
  /** The season: what is to be expected of a stretch of time grows with it. */
  readonly pace: Pace;
  /** Ids of anomalies somebody called usual: they count as past. */
  readonly usual?: ReadonlySet<string>;
}

/**
 * Stretches in which a meter used what neither its recent weeks, brought to the season, nor the same weeks of earlier years know.
 * Where readings are dense each local day is judged, elsewhere what was used between readings.
 * Missing: nothing is told while there is too little past; what was filled in is neither told nor compared with.
 */
export function unusualSpans(index: MeterIndex, settings: UnusualSettings): MeterAnomaly[] {
  const spans = readSpans(index, settings);
  return toldSpans(spans, judgedSpans(spans, settings.usual), settings);
}

/** The same of consumption that has no readings of its own: masters and differences, by rows (days, best). */
export function unusualRows(rows: MeterConsumption, settings: UnusualSettings): MeterAnomaly[] {
  const spans = rowSpans(rows, settings);
  return toldSpans(spans, judgedSpans(spans, settings.usual), settings);
}
