import type { OldFlowTracking } from "#contract/old-niagara.ts";
import type { Range } from "#store/store.ts";
import { OldProblem } from "./old-problem.ts";
import { type FlowWish, flowTracking, NO_FLOW } from "./station-flow.ts";
import { oldRoleColumn, type ZoneAsked } from "./station-roles.ts";
import { newestFrom } from "./station-samples.ts";

const NOT_FOUND = 404;

export interface TrackingWish {
  readonly range: Range;
  /** The newest so many samples of the airflow. */
  readonly limit: number;
  /** What the answer calls station and zone. */
  readonly named: { readonly station: string; readonly zone: string };
  readonly start: string | null;
  readonly end: string | null;
  readonly tolerance: Pick<FlowWish, "percent" | "absolute" | "toleranceMs">;
}

/** Airflow of a zone against its setpoint, as the old API answers it. Errors: 404 without an airflow. */
export async function trackedFlow(place: Omit<ZoneAsked, "range">, wish: TrackingWish): Promise<OldFlowTracking> {
  const { deps, desk, zone } = place;
  const history = zone.roles.get("flow")?.history;
  if (history === undefined) throw new OldProblem(NOT_FOUND, `The zone ${zone.equipment.root} has no airflow history`);
  const { tolerance, named, limit, range: asked } = wish;
  const range = asked.toMs > asked.fromMs ? asked : { fromMs: asked.fromMs, toMs: asked.fromMs };
  const fromMs = Math.max(range.fromMs, await newestFrom(deps.store, desk, { history, range, limit }));
  const clipped = { fromMs, toMs: Math.max(fromMs, range.toMs) };
  // A setpoint may lie a little before the first sample or after the last.
  const around = { fromMs: fromMs - tolerance.toleranceMs, toMs: clipped.toMs + tolerance.toleranceMs };
  const flow = await oldRoleColumn({ ...place, range: clipped }, "flow");
  const setpoint = await oldRoleColumn({ ...place, range: around }, "flow_sp");
  const ids = { flow: history.historyId, setpoint: zone.roles.get("flow_sp")?.history.historyId ?? null };
  return {
    ...named,
    flow_history_id: ids.flow,
    flow_sp_history_id: ids.setpoint,
    history_flow_id: ids.flow,
    history_flow_sp_id: ids.setpoint,
    start: wish.start,
    end: wish.end,
    metrics:
      flow === undefined ? NO_FLOW : flowTracking({ flow, ...tolerance, newest: limit, ...(setpoint === undefined ? {} : { setpoint }) }),
  };
}
