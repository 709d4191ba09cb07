import type { Comfort } from "#analytics/comfort.ts";
import type { Equipment } from "#buildings/model.ts";
import { DAY_MS } from "#calendar/civil.ts";
import { zoneNamed } from "#calendar/zone.ts";
import type { Range } from "#store/store.ts";
import type { JudgedZone } from "./building-judged.ts";
import { hoursOf } from "./building-occupancy.ts";
import { type BuildingScene, judgedRange } from "./building-scene.ts";

/** The last occupied hours of a building that is closed, a day at most, and how comfortable its zones were in them. */
export interface LastOpen extends Range {
  /** By id of the zone. */
  readonly comfort: ReadonlyMap<string, Comfort>;
}

const BACK_DAYS = 15;

/** How it was when it was used last. Missing: undefined while it is in use, and where it was not within two weeks. */
export async function lastOpen(scene: BuildingScene, zones: readonly Equipment[]): Promise<LastOpen | undefined> {
  const { settings, nowMs } = scene.parts;
  const fromMs = zoneNamed(settings.zone).addDays(nowMs, -BACK_DAYS);
  const last = hoursOf(settings, { fromMs, toMs: nowMs }).occupied.at(-1);
  if (last === undefined || last.toMs >= nowMs) return undefined;
  const range = { fromMs: Math.max(last.fromMs, last.toMs - DAY_MS), toMs: last.toMs };
  const judged = await scene.judged(zones, await scene.reader(judgedRange(range, nowMs)));
  return { ...range, comfort: new Map(zones.map(({ id }, i) => [id, (judged[i] as JudgedZone).comfort])) };
}
