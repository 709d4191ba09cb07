import type { EquipmentRows, FaultInput } from "#analytics/equipment-rows.ts";
import { laterFigures, type RowFigures, seedFigures } from "#analytics/health-figures.ts";
import { occupiedSpans } from "#analytics/occupied-hours.ts";
import { seedFlowTracking } from "#analytics/seed-flow-tracking.ts";
import { laterHealth, seedHealth } from "#analytics/zone-health.ts";
import { figure } from "#api/plants/wire.ts";
import type { OldZoneHealth } from "#contract/old-niagara.ts";
import type { Column } from "#series/column.ts";
import { fitted } from "./station-columns.ts";
import { comfortMetrics, NO_COMFORT, type ZoneTemperatures, zoneComfort, zoneTemperatures } from "./station-comfort.ts";
import { fanOf } from "./station-fan.ts";
import { flowMetrics, NO_FLOW, SEED_PERCENT, type ZoneFlow, zoneFlow } from "./station-flow.ts";
import { oldRoleColumn, type ZoneAsked } from "./station-roles.ts";
import { type OldRole, zoneAnswer } from "./station-zones.ts";

/** How well one zone is, as the old summaries tell it. */
export async function zoneHealth(asked: ZoneAsked): Promise<OldZoneHealth> {
  const { desk, zone } = asked;
  const [temperatures, flow] = [await zoneTemperatures(asked), await zoneFlow(asked)];
  const comfort = temperatures === undefined ? NO_COMFORT : comfortMetrics(zoneComfort(desk, temperatures));
  const tracking =
    flow === undefined
      ? NO_FLOW
      : flowMetrics(seedFlowTracking(flow.column, flow.setpoint, { percent: SEED_PERCENT, toleranceMs: 0 }), flow.unit);
  const figures = await rowFigures(asked, temperatures, flow);
  const health = (desk.settings.health === "seed" ? seedHealth : laterHealth)({
    ...figures,
    comfortPct: comfort.within_band_pct ?? Number.NaN,
    meanError: comfort.mean_error_degF ?? Number.NaN,
    temperatureUnit: "°F",
    flowPct: tracking.within_band_pct ?? Number.NaN,
  });
  const { space_temp, space_temp_sp, damper, reheat, fan_cmd, fan_status, ...named } = zoneAnswer(zone);
  return {
    station: named.station_name,
    zone_root: named.zone_root,
    space_temp,
    space_temp_sp,
    flow: named.flow,
    flow_sp: named.flow_sp,
    damper,
    reheat,
    fan_cmd,
    fan_status,
    comfort_samples: comfort.samples,
    comfort_within_band_pct: comfort.within_band_pct,
    comfort_mean_error_degF: comfort.mean_error_degF,
    flow_samples: tracking.samples,
    flow_within_band_pct: tracking.within_band_pct,
    mean_flow_error_cfm: tracking.mean_error_cfm,
    mean_flow_error_pct: tracking.mean_error_pct,
    damper_high_open_low_flow_pct: figure(figures.damperStuckPct),
    damper_closed_high_flow_pct: figure(figures.damperLeakPct),
    reheat_waste_pct: figure(figures.reheatWastePct),
    ...(await fanOf(asked)),
    overall_score: figure(health.score),
    status: health.status === "no-data" ? "no_data" : health.status,
    reasons: [...health.reasons],
  };
}

/** Dampers are told where airflow is, reheat where the temperature is. */
async function rowFigures(asked: ZoneAsked, temperatures: ZoneTemperatures | undefined, flow: ZoneFlow | undefined): Promise<RowFigures> {
  const figures = asked.desk.settings.health === "seed" ? seedFigures : laterFigures;
  const [byFlow, byTemperature] = [
    flow && figures(await flowRows(asked, flow)),
    temperatures && figures(await temperatureRows(asked, temperatures)),
  ];
  return {
    damperStuckPct: byFlow?.damperStuckPct ?? Number.NaN,
    damperLeakPct: byFlow?.damperLeakPct ?? Number.NaN,
    reheatWastePct: byTemperature?.reheatWastePct ?? Number.NaN,
  };
}

async function flowRows(asked: ZoneAsked, { column, setpoint, unit }: ZoneFlow): Promise<EquipmentRows> {
  const damper = await percentAt(asked, column, "damper");
  return rowsOf(column, { flowUnit: unit }, [
    ["flow", column.value],
    ["flow-setpoint", setpoint?.value],
    ["damper-position", damper],
  ]);
}

async function temperatureRows(asked: ZoneAsked, { column, setpoint, unit }: ZoneTemperatures): Promise<EquipmentRows> {
  const reheat = await percentAt(asked, column, "reheat");
  return rowsOf(column, { temperatureUnit: unit }, [
    ["space-temp", column.value],
    ["heating-setpoint", setpoint.value],
    ["reheat", reheat],
    ["occupied", occupiedAt(asked, column)],
  ]);
}

async function percentAt(asked: ZoneAsked, lead: Column, name: OldRole): Promise<Float64Array | undefined> {
  const other = await oldRoleColumn(asked, name);
  return other && fitted(lead, other.unit, { other, desk: asked.desk });
}

function occupiedAt({ desk, range }: ZoneAsked, { tMs }: Column): Float64Array {
  const { occupancy, holidays } = desk.settings;
  const spans = occupiedSpans(occupancy, range, { zone: desk.zone, holidays });
  return Float64Array.from(tMs, (at) => (spans.some(({ fromMs, toMs }) => at >= fromMs && at < toMs) ? 1 : 0));
}

function rowsOf(
  { tMs }: Column,
  units: { readonly temperatureUnit?: "°F" | "°C"; readonly flowUnit?: string },
  columns: readonly (readonly [FaultInput, Float64Array | undefined])[],
): EquipmentRows {
  return {
    tMs,
    weightMs: new Float64Array(tMs.length),
    columns: new Map(columns.flatMap(([name, values]) => (values === undefined ? [] : [[name, values] as const]))),
    temperatureUnit: units.temperatureUnit ?? "°F",
    flowUnit: units.flowUnit ?? "cfm",
  };
}
