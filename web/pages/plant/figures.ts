import type { PlantInfo } from "#contract/plant.ts";
import { fixedText, pulseDecimals } from "#web/parts/resolution.ts";

/** Decimals of a demand of this plant: what one pulse lets tell apart. */
export const demandDecimals = (plant: Pick<PlantInfo, "pulseKw">): number => Math.min(1, pulseDecimals(plant.pulseKw));

/** "414.8 kW": a demand with the resolution of the meter that said it. */
export const demandText = (kw: number | null | undefined, plant: Pick<PlantInfo, "pulseKw">): string =>
  fixedText(kw, "kW", demandDecimals(plant));

/** "388 kW": a power that is known only so well; no digit stands for less than its uncertainty. */
export const powerText = (kw: number | null | undefined, plusMinusKw: number | null | undefined): string =>
  fixedText(kw, "kW", powerDecimals(kw, plusMinusKw));

/** Decimals of a power: whole kilowatts where it is not known better, or is a hundred and more. */
export function powerDecimals(kw: number | null | undefined, plusMinusKw: number | null | undefined): number {
  const doubt = plusMinusKw ?? 0;
  if (doubt >= 1 || Math.abs(kw ?? 0) >= 100) return 0;
  return doubt >= 0.1 || Math.abs(kw ?? 0) >= 10 ? 1 : 2;
}

/** "3,811 kWh": an amount of energy; a tenth only where there is little. */
export const energyText = (kwh: number | null | undefined): string =>
  fixedText(kwh, "kWh", kwh !== null && kwh !== undefined && Math.abs(kwh) < 1000 ? 1 : 0);

/** "54.1 %" */
export const percentText = (percent: number | null | undefined): string => fixedText(percent, "%", 1);

/** "▲ 1.8 %": a change with its direction as a sign; a change of less than half a tenth is none. */
export function changeText(percent: number | null | undefined): string | undefined {
  if (percent === null || percent === undefined || !Number.isFinite(percent)) return undefined;
  if (Math.abs(percent) < 0.05) return "as before";
  return `${percent > 0 ? "▲" : "▼"}\u00a0${percentText(Math.abs(percent))}`;
}

/**
 * Over how long a power is counted so that one pulse more or less is about a twelfth of it: between one and five minutes, in seconds.
 * Less would draw the pulses and not the plant.
 */
export function powerEverySeconds(pulseKwh: number | null, kw: number | null): number {
  if (pulseKwh === null || kw === null || !(kw > 0)) return 60;
  const minutes = Math.ceil((pulseKwh * 60) / (kw / 12));
  return 60 * Math.min(5, Math.max(1, minutes));
}
