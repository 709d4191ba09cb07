import { roofTopHealth } from "#analytics/roof-top-health.ts";
import { seedPairs } from "#analytics/seed-pairs.ts";
import { figure, percent } from "#api/plants/wire.ts";
import type { Role } from "#buildings/role.ts";
import type { OldRtuHealth } from "#contract/old-niagara.ts";
import { temperatureUnit } from "#reports/building-role-kinds.ts";
import { convertDifference } from "#units/unit.ts";
import { beside, fitted, inUnit, within } from "./station-columns.ts";
import { switching } from "./station-fan.ts";
import { roleColumn, type ZoneAsked } from "./station-roles.ts";

const BAND_F = 2;
const NEVER = { samples: 0, on_pct: null, short_cycle_count: null };

type Metrics = Pick<OldRtuHealth, "fan_metrics" | "cooling_metrics" | "discharge_metrics">;

/** How well an air handler is: fan, compressor and discharge air, with the statuses of the old summary. */
export async function rtuHealth(asked: ZoneAsked): Promise<Metrics & Pick<OldRtuHealth, "status" | "reasons">> {
  const fan = await switchOf(asked, ["fan-status", "fan-command"]);
  const { samples, short_cycle_count } = await switchOf(asked, [
    "compressor-status",
    "compressor-command",
    "cooling-command",
    "cooling-valve",
  ]);
  const metrics = { fan_metrics: fan, cooling_metrics: { samples, short_cycle_count }, discharge_metrics: await discharge(asked) };
  return { ...metrics, ...judged(metrics) };
}

/** The first of some roles that says anything. */
async function switchOf(asked: ZoneAsked, roles: readonly Role[]): Promise<OldRtuHealth["fan_metrics"]> {
  for (const role of roles) {
    const column = await roleColumn(asked, role);
    const told = column && switching(column);
    if (told !== undefined && told.samples > 0) return told;
  }
  return NEVER;
}

async function discharge(asked: ZoneAsked): Promise<OldRtuHealth["discharge_metrics"]> {
  const [air, other] = [await roleColumn(asked, "discharge-air-temp"), await roleColumn(asked, "discharge-air-setpoint")];
  if (air === undefined || other === undefined) return { samples: 0, within_band_pct: null, mean_error_degF: null };
  const unit = temperatureUnit(air.unit, asked.desk.settings);
  const column = within({ ...air, column: inUnit(air, unit) });
  const { value, partner } = seedPairs(column, beside(column, fitted(column, unit, { other, desk: asked.desk })), 0);
  const errors = value.map((here, row) => here - (partner[row] as number));
  const band = convertDifference(BAND_F, "°F", unit);
  const mean = errors.reduce((sum, error) => sum + error, 0) / errors.length;
  return {
    samples: errors.length,
    within_band_pct: percent(errors.filter((error) => Math.abs(error) <= band).length, errors.length),
    mean_error_degF: figure(convertDifference(mean, unit, "°F")),
  };
}

function judged({ fan_metrics, cooling_metrics, discharge_metrics }: Metrics): Pick<OldRtuHealth, "status" | "reasons"> {
  if (fan_metrics.samples + cooling_metrics.samples + discharge_metrics.samples === 0) return { status: "no_data", reasons: [] };
  const { status, reasons } = roofTopHealth({
    fanCycles: fan_metrics.short_cycle_count ?? Number.NaN,
    coolingCycles: cooling_metrics.short_cycle_count ?? Number.NaN,
    dischargePct: discharge_metrics.within_band_pct ?? Number.NaN,
  });
  return { status, reasons: [...reasons] };
}
