import { shortRuns } from "#analytics/short-cycling.ts";
import { switchRuns } from "#analytics/switch-runs.ts";
import { percent } from "#api/plants/wire.ts";
import type { OldRtuHealth, OldZoneHealth } from "#contract/old-niagara.ts";
import { fitted, type OldColumn, within } from "./station-columns.ts";
import type { StationDesk } from "./station-desk.ts";
import { oldRoleColumn, type ZoneAsked } from "./station-roles.ts";

type Fan = Pick<OldZoneHealth, "fan_disagree_pct" | "fan_off_when_should_be_on_pct" | "fan_short_cycle_count">;

/** Whether the fan does as told, and how often it stops soon after it started. Missing: null without status or command. */
export async function fanOf(asked: ZoneAsked): Promise<Fan> {
  const [status, command] = await Promise.all([oldRoleColumn(asked, "fan_status"), oldRoleColumn(asked, "fan_cmd")]);
  const cycles = (status ?? command) && (status !== undefined && within(status).tMs.length > 0 ? status : command);
  return {
    ...disagreement(asked.desk, status, command),
    fan_short_cycle_count: cycles === undefined ? null : switching(cycles).short_cycle_count,
  };
}

function disagreement(
  desk: StationDesk,
  status: OldColumn | undefined,
  command: OldColumn | undefined,
): Omit<Fan, "fan_short_cycle_count"> {
  if (status === undefined || command === undefined) return { fan_disagree_pct: null, fan_off_when_should_be_on_pct: null };
  const lead = within(status);
  const wanted = fitted(lead, command.unit, { other: command, desk });
  const paired = Array.from(lead.value, (is, row) => [is > 0, (wanted[row] as number) > 0, is, wanted[row] as number] as const).filter(
    ([, , is, should]) => !Number.isNaN(is) && !Number.isNaN(should),
  );
  const on = paired.filter(([, should]) => should);
  return {
    fan_disagree_pct: percent(paired.filter(([is, should]) => is !== should).length, paired.length),
    fan_off_when_should_be_on_pct: percent(on.filter(([is]) => !is).length, on.length),
  };
}

/** How a switch went over the range: samples, how many were on, and how often it was on for less than ten minutes. Missing: null without samples. */
export function switching(told: OldColumn): OldRtuHealth["fan_metrics"] {
  const column = within(told);
  const known = column.value.filter((value) => !Number.isNaN(value));
  if (known.length === 0) return { samples: 0, on_pct: null, short_cycle_count: null };
  return {
    samples: known.length,
    on_pct: percent(known.filter((value) => value > 0).length, known.length),
    short_cycle_count: shortRuns(switchRuns(told.column, told.range.toMs)).length,
  };
}
