import type { ZoneRowAnswer } from "#contract/building.ts";
import type { PointNowAnswer } from "#contract/building-parts.ts";

/** The numbers of a zone that pages show, out of its values now. Missing: undefined where there is none that can be believed. */
export interface ZoneFigures {
  readonly space: PointNowAnswer | undefined;
  readonly flow: number | undefined;
  readonly flowSetpoint: number | undefined;
  readonly flowUnit: string;
  readonly damper: number | undefined;
  readonly reheat: PointNowAnswer | undefined;
  /** Points that somebody holds by hand. */
  readonly overridden: readonly PointNowAnswer[];
}

type Now = readonly PointNowAnswer[];

/** The first of some roles that a zone has. */
export function pointOf(now: Now, roles: readonly string[]): PointNowAnswer | undefined {
  for (const role of roles) {
    const found = now.find((point) => point.role === role);
    if (found !== undefined) return found;
  }
  return undefined;
}

const good = (point: PointNowAnswer | undefined): number | undefined =>
  point === undefined || point.bad || point.value === null ? undefined : point.value;

export const REHEAT_ROLES = ["reheat", "reheat-command", "reheat-stage", "heating-command"] as const;
const DAMPER_ROLES = ["damper-position", "damper-command"] as const;

/** Picks the numbers out of a zone's values. A silent zone's airflow and damper are as unknown as it is. */
export function zoneFigures({ now, standing }: Pick<ZoneRowAnswer, "now" | "standing">): ZoneFigures {
  const known = standing === "silent" ? [] : now;
  const flow = pointOf(known, ["flow"]);
  const reheat = pointOf(known, REHEAT_ROLES);
  return {
    space: pointOf(now, ["space-temp"]),
    flow: good(flow),
    flowSetpoint: good(pointOf(known, ["flow-setpoint"])),
    flowUnit: flow?.unit ?? pointOf(known, ["flow-setpoint"])?.unit ?? "",
    damper: good(pointOf(known, DAMPER_ROLES)),
    reheat: reheat?.bad === true ? undefined : reheat,
    overridden: now.filter((point) => point.overridden),
  };
}
