import type { Comfort } from "#analytics/comfort.ts";
import { common } from "#analytics/time-spans.ts";
import type { Equipment } from "#buildings/model.ts";
import type { Role } from "#buildings/role.ts";
import type { Range } from "#store/store.ts";
import { comfortIn } from "./building-judged.ts";
import { laidOut } from "./building-laid-out.ts";
import { hoursOf, occupancyOf } from "./building-occupancy.ts";
import { type RoleReader, readClean } from "./building-role-clean.ts";
import { type Running, runningOf } from "./building-running.ts";
import type { BuildingScene } from "./building-scene.ts";
import { judgedSetpoints } from "./building-setpoints.ts";

/** How comfortable a building was over a range. */
export interface ComfortThen {
  /** Of all the time in which zones were judged, the part in which they were comfortable; NaN of none. */
  readonly withinPct: number;
  /** Ids of zones that were outside of their band at any time of it. */
  readonly outside: readonly string[];
}

/** Comfort alone, as pages judge it, by what was known at the end of the range: nothing that came later is read. */
export async function comfortThen({ fromMs, toMs }: Range, scene: BuildingScene): Promise<ComfortThen> {
  const reader = await scene.reader({ fromMs, toMs, horizonMs: toMs });
  const hours = hoursOf(scene.parts.settings, reader.range);
  const running = new Map<string, Promise<Running | undefined>>();
  const runningOfZone = ({ servedBy }: Equipment): Promise<Running | undefined> => {
    const handler = servedBy === undefined ? undefined : scene.equipment(servedBy);
    if (handler === undefined) return Promise.resolve(undefined);
    const known = running.get(handler.id) ?? runningOf(handler, reader);
    running.set(handler.id, known);
    return known;
  };
  const judged = await Promise.all(
    scene.zones.map((zone) =>
      scene.parts.kept.turns.take(async () => {
        const times = await occupancyOf(zone, hours, reader);
        // Where nobody is due, or the air rests, nothing is judged: its temperatures need not be read.
        if (times.occupied.length === 0) return undefined;
        const ran = await runningOfZone(zone);
        if (ran !== undefined && common(times.occupied, ran.judged).length === 0) return undefined;
        const servedBy = ran === undefined ? undefined : { running: ran, supplyTemp: undefined };
        const scope = { roles: await comfortRoles(zone, reader), times, servedBy, reader };
        return comfortIn(scope, laidOut(scope, ["space-temp"]));
      }),
    ),
  );
  return told(scene.zones, judged);
}

async function comfortRoles(zone: Equipment, reader: RoleReader) {
  const wanted: readonly Role[] = ["space-temp", ...Object.values(judgedSetpoints(zone.roles))];
  const read = await Promise.all(
    wanted.map(async (role) => {
      const point = zone.roles.get(role);
      return point && readClean(point, role, reader);
    }),
  );
  return new Map(read.flatMap((one) => (one === undefined ? [] : [[one.role, one] as const])));
}

function told(zones: readonly Equipment[], judged: readonly (Comfort | undefined)[]): ComfortThen {
  let [judgedMs, withinMs] = [0, 0];
  const outside: string[] = [];
  for (const [i, comfort] of judged.entries()) {
    if (comfort === undefined) continue;
    const outsideMs = comfort.tooWarmMs + comfort.tooColdMs;
    judgedMs += comfort.judgedMs;
    withinMs += comfort.judgedMs - outsideMs;
    if (outsideMs > 0) outside.push((zones[i] as Equipment).id);
  }
  return { withinPct: (100 * withinMs) / judgedMs, outside };
}
