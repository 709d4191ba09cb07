import type { Observation } from "#alerts/alert.ts";
import type { Views } from "./views.ts";

/** Where the running interval of a plant will end, and the level above which billing demand rises. */
export async function observeDemand({ plants, nowMs }: Pick<Views, "plants" | "nowMs">, wanted: string): Promise<Observation[]> {
  const plant = plants().find(({ settings }) => `${settings.site}.${settings.point}` === wanted);
  if (plant === undefined) return [];
  const { startMs, endMs, projectedKw, levels } = await plant.running();
  const levelKw = levels.find(({ kind }) => kind === "billing")?.kw ?? Number.NaN;
  const interval = { startMs, endMs, levelKw };
  return [{ subject: wanted, title: plant.settings.name, value: projectedKw, unit: "kW", tMs: nowMs(), interval }];
}
