import { type GasRule, gasFactors } from "#analytics/gas-conversion.ts";
import { joinPieces, splitEdges } from "#analytics/master-periods.ts";
import type { MeterConsumption } from "#analytics/meter-consumption.ts";
import { addUp } from "#analytics/meter-sum.ts";
import { differenceConversion, unitOf } from "#units/unit.ts";
import type { MeterSettings } from "./meter-settings.ts";

/** What a whole asks of its part beyond what the part does by itself. */
export interface Reach {
  /** Up to these it is carried on: to where another meter took over. */
  readonly fromMs?: number;
  readonly toMs?: number;
  /** Months of the whole, for a part that says none. */
  readonly pattern?: readonly number[];
}

/** All of it in one text. */
export function reachName({ fromMs, toMs, pattern }: Reach): string {
  return `${fromMs ?? ""} ${toMs ?? ""} ${pattern ?? ""}`;
}

/** A meter that answers, whatever it is made of. */
export interface MeterNode {
  readonly settings: MeterSettings;
  /** In the meter's own unit. Missing: NaN where nothing is known of a row. */
  consumption(edgesMs: Float64Array, reach?: Reach): Promise<MeterConsumption>;
  /** What the dial showed, or would have, at each instant. Missing: NaN. */
  register(atMs: Float64Array, reach?: Reach): Promise<Float64Array>;
  /** Instants of its readings within a stretch, ascending. */
  readingTimes(range: { readonly fromMs: number; readonly toMs: number }): Promise<Float64Array>;
}

/** How consumption in one unit is told in another. */
export type Turn =
  | { readonly kind: "factor"; readonly factor: number }
  | { readonly kind: "gas"; readonly toEnergy: boolean; readonly factor: number };

/**
 * How what a part counts is told in the unit of the whole: by units of one dimension, or of gas by its energy.
 * Missing: undefined where it cannot be.
 */
export function turnOf(part: MeterSettings, whole: MeterSettings): Turn | undefined {
  const straight = differenceConversion(part.unit, whole.unit);
  if (straight !== undefined) return { kind: "factor", factor: straight(1) };
  const [from, to] = [unitOf(part.unit)?.dimension, unitOf(whole.unit)?.dimension];
  const ofVolume = from === "volume" ? part : whole;
  if (ofVolume.medium !== "gas") return undefined;
  const factor = (a: string, b: string): number => differenceConversion(a, b)?.(1) ?? Number.NaN;
  if (from === "volume" && to === "energy")
    return { kind: "gas", toEnergy: true, factor: factor(part.unit, "m³") * factor("kWh", whole.unit) };
  if (from === "energy" && to === "volume")
    return { kind: "gas", toEnergy: false, factor: factor(part.unit, "kWh") * factor("m³", whole.unit) };
  return undefined;
}

/** What a part counted, told in the unit of the whole. */
export async function turnedRows(
  part: MeterNode,
  turn: Turn,
  { edgesMs, gas, reach }: { readonly edgesMs: Float64Array; readonly gas: readonly GasRule[]; readonly reach?: Reach | undefined },
): Promise<MeterConsumption> {
  if (turn.kind === "factor") {
    const rows = await part.consumption(edgesMs, reach);
    return turn.factor === 1 ? rows : addUp([{ factor: turn.factor, of: rows }]);
  }
  const cut = splitEdges(
    edgesMs,
    gas.map(({ fromMs }) => fromMs),
  );
  const kwh = gasFactors(cut, gas);
  const factor = kwh.map((perM3) => turn.factor * (turn.toEnergy ? perM3 : 1 / perM3));
  const scaled = addUp([{ factor, of: await part.consumption(cut, reach) }]);
  return cut.length === edgesMs.length ? scaled : joinPieces(edgesMs, [scaled]);
}
