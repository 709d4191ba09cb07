import type { Equipment } from "#buildings/model.ts";
import { BAD_QUALITY } from "#series/quality.ts";
import { TEXT_UNIT } from "#sites/registry.ts";
import { conversion } from "#units/unit.ts";
import type { LatestValues } from "./building-now.ts";
import { kindOfRole, unitFor } from "./building-role-kinds.ts";
import { RUNNING_TELLS } from "./building-running.ts";
import type { SceneParts } from "./building-scene.ts";
import { seriesOfRole } from "./building-sources.ts";
import { switchOf } from "./building-switches.ts";

/** Whether equipment runs by its newest values. Missing: undefined where nobody knows, or not any more. */
export function isRunningNow({ roles }: Equipment, latest: LatestValues, { settings }: Pick<SceneParts, "settings">): boolean | undefined {
  for (const { role, above, unit } of RUNNING_TELLS) {
    const point = roles.get(role);
    const newest = point && latest.newest(seriesOfRole(point, role, settings.ranked));
    if (newest === undefined || (newest.quality & BAD_QUALITY) !== 0) continue;
    const { series } = newest;
    const isWord = kindOfRole(role) === "switch" || series.unit === TEXT_UNIT;
    const value = isWord ? switchOf(series.unit, latest.textsOf(series.id))(newest.value) : newest.value;
    const least = isWord || unit === undefined ? above : conversion(unit, unitFor(series.unit, role, settings))?.(above);
    if (least !== undefined && !Number.isNaN(value)) return value > least;
  }
  return undefined;
}
