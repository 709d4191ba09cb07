import { type SeedFlowTracking, seedFlowTracking } from "#analytics/seed-flow-tracking.ts";
import { figure } from "#api/plants/wire.ts";
import type { OldFlowTracking } from "#contract/old-niagara.ts";
import type { Column } from "#series/column.ts";
import { convert, convertDifference, sameDimension } from "#units/unit.ts";
import { beside, fitted, inUnit, type OldColumn, within } from "./station-columns.ts";
import { oldRoleColumn, type ZoneAsked } from "./station-roles.ts";

/** Of the old configuration: 10 % of the setpoint, nothing absolute. */
export const SEED_PERCENT = 10;
const FLOW_UNIT = "cfm";
export const NO_FLOW: OldFlowTracking["metrics"] = { samples: 0, within_band_pct: null, mean_error_cfm: null, mean_error_pct: null };

export interface FlowWish {
  readonly flow: OldColumn;
  readonly setpoint?: OldColumn;
  readonly percent: number;
  /** In cfm. */
  readonly absolute?: number;
  readonly toleranceMs: number;
  readonly newest?: number;
}

/** Airflow against its setpoint as the old API reckons it: each with the nearest setpoint. */
export function flowTracking({ flow, setpoint, percent, absolute, toleranceMs, newest }: FlowWish): OldFlowTracking["metrics"] {
  const wanted = setpoint && inUnit(setpoint, flow.unit);
  const least = absolute === undefined ? undefined : fromCfm(absolute, flow.unit);
  const options = { percent, toleranceMs, ...(least === undefined ? {} : { absolute: least }) };
  const told = seedFlowTracking(within(flow, newest), wanted !== undefined && wanted.tMs.length > 0 ? wanted : undefined, options);
  return flowMetrics(told, flow.unit);
}

export function flowMetrics(told: SeedFlowTracking, unit: string): OldFlowTracking["metrics"] {
  const error = sameDimension(unit, FLOW_UNIT) ? convertDifference(told.meanError, unit, FLOW_UNIT) : told.meanError;
  return {
    samples: told.samples,
    within_band_pct: figure(told.withinPct),
    mean_error_cfm: figure(error),
    mean_error_pct: figure(told.meanErrorPct),
  };
}

const fromCfm = (value: number, unit: string): number => (sameDimension(unit, FLOW_UNIT) ? convert(value, FLOW_UNIT, unit) : value);

/** Airflow of a zone with the setpoint that holds at each sample. */
export interface ZoneFlow {
  readonly column: Column;
  readonly setpoint?: Column;
  readonly unit: string;
}

/** Missing: undefined for a zone without airflow. */
export async function zoneFlow(asked: ZoneAsked): Promise<ZoneFlow | undefined> {
  const flow = await oldRoleColumn(asked, "flow");
  if (flow === undefined) return undefined;
  const column = within(flow);
  const other = await oldRoleColumn(asked, "flow_sp");
  const setpoint =
    other === undefined || other.column.tMs.length === 0
      ? undefined
      : beside(column, fitted(column, flow.unit, { other, desk: asked.desk }));
  return { column, unit: flow.unit, ...(setpoint === undefined ? {} : { setpoint }) };
}
