import type { PowerAnswer } from "#contract/plant-power.ts";
import type { PlantDesk } from "./desk.ts";
import { figure } from "./wire.ts";

const MINUTE_MS = 60_000;
const SECOND_MS = 1_000;

/** Power of the last minutes. */
export async function powerAnswer(desk: PlantDesk, wish: { minutes: number; every: number }, nowMs: number): Promise<PowerAnswer> {
  const everyMs = wish.every * SECOND_MS;
  const range = { fromMs: nowMs - wish.minutes * MINUTE_MS, toMs: nowMs };
  const { tMs, kw, plusMinusKw } = await desk.reports.power(range, everyMs);
  return {
    ...range,
    zone: desk.reports.settings.zone,
    everyMs,
    tMs: Array.from(tMs),
    kw: Array.from(kw, figure),
    plusMinusKw: Array.from(plusMinusKw, figure),
  };
}
