import type { PlantInfo } from "#contract/plant.ts";
import { NumberText } from "#web/parts/number-text.tsx";
import { demandDecimals, powerDecimals } from "./figures.ts";

/** A number of kW or kWh with its unit set smaller, at exactly these decimals. */
export function FixedNumber({ value, unit, decimals }: { value: number | null | undefined; unit: string; decimals: number }) {
  const known = value === null || value === undefined || !Number.isFinite(value) ? null : Number(value.toFixed(decimals));
  return <NumberText value={known} unit={unit} exact decimals={decimals} />;
}

/** A demand with the resolution of the meter. */
export function DemandNumber({ kw, plant }: { kw: number | null | undefined; plant: Pick<PlantInfo, "pulseKw"> }) {
  return <FixedNumber value={kw} unit="kW" decimals={demandDecimals(plant)} />;
}

/** A power that is known only so well. */
export function PowerNumber({ kw, plusMinusKw }: { kw: number | null | undefined; plusMinusKw: number | null | undefined }) {
  return <FixedNumber value={kw} unit="kW" decimals={powerDecimals(kw, plusMinusKw)} />;
}
