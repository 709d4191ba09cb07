import type { Tiles } from "#analytics/live-tiles.ts";
import type { Zone } from "#calendar/zone.ts";
import type { SqlConnection } from "./connection.ts";
import { mergeOf, rowsPerMerge } from "./merge.ts";
import { type MirroredPlant, zoneOf } from "./plant.ts";
import { clockOf } from "./plant-clock.ts";
import type { Progress } from "./progress.ts";
import { LIVE, type SqlValue } from "./tables.ts";

const SECOND_MS = 1_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;
/** A tile leaves this long after its end, so that a message under way still counts. */
const LATE_MS = 2 * SECOND_MS;
/** Sent again each time: tiles of messages that came late. */
const AGAIN_MS = 60 * SECOND_MS;
/** A mirror that never sent any begins here, as the 24-hour view needs. */
const FIRST_MS = 27 * HOUR_MS;
/** Days that `KYZ_Live15s` holds. */
export const LIVE_DAYS = 60;

/** Sends the 15 s tiles since the last time. Answers how many. Errors: SqlProblem; what was sent until then is remembered. */
export async function sendLive(plant: MirroredPlant, to: { writer: SqlConnection; progress: Progress; nowMs: number }): Promise<number> {
  const { progress, nowMs } = to;
  const through = await progress.through("live");
  const fromMs = Math.max(through === undefined ? nowMs - FIRST_MS : through - AGAIN_MS, nowMs - LIVE_DAYS * DAY_MS);
  let sent = 0;
  for (let atMs = fromMs; atMs < nowMs - LATE_MS; atMs += DAY_MS) {
    const toMs = Math.min(atMs + DAY_MS, nowMs - LATE_MS);
    const rows = liveValues(await plant.live({ fromMs: atMs, toMs }), { zone: zoneOf(plant), untilMs: toMs });
    const most = rowsPerMerge(LIVE);
    for (let row = 0; row < rows.length; row += most) await to.writer.run(mergeOf(LIVE, rows.slice(row, row + most)));
    sent += rows.length;
    await progress.saveThrough("live", toMs);
  }
  return sent;
}

/** Tiles that are over as rows. Of two at the same reading of the repeated hour the later one stays. */
export function liveValues(tiles: Tiles, { zone, untilMs }: { zone: Zone; untilMs: number }): SqlValue[][] {
  const byClock = new Map<number, SqlValue[]>();
  for (const [index, endMs] of tiles.tMs.entries()) {
    const [pulses, energyKwh, powerKw, totalKwh] = [tiles.pulses, tiles.energyKwh, tiles.powerKw, tiles.totalKwh].map(
      (column) => column[index] as number,
    ) as [number, number, number, number];
    // Without the value of a pulse there is nothing the table could hold.
    if (endMs > untilMs || Number.isNaN(energyKwh) || Number.isNaN(powerKw)) continue;
    const clock = clockOf(endMs, zone);
    const pulseCount = Number.isNaN(pulses) ? 0 : Math.round(pulses);
    byClock.set(clock.getTime(), [clock, pulseCount, energyKwh, powerKw, Number.isNaN(totalKwh) ? null : totalKwh]);
  }
  return [...byClock.values()];
}

const PURGE_ROWS = 50_000;

/**
 * Takes samples older than 60 days out of `KYZ_Live15s`, some at a time so that nobody waits long for the table.
 * Answers how many. Errors: SqlProblem.
 */
export async function purgeLive(plant: MirroredPlant, on: { writer: SqlConnection; nowMs: number; ended: () => boolean }): Promise<number> {
  const before = clockOf(on.nowMs - LIVE_DAYS * DAY_MS, zoneOf(plant));
  const statement = {
    sql: `DELETE TOP (${PURGE_ROWS}) FROM ${LIVE.name} WHERE ${LIVE.key.name} < @p0;`,
    parameters: [{ type: LIVE.key.type, value: before }],
  };
  let removed = 0;
  for (;;) {
    const { count } = await on.writer.run(statement);
    removed += count;
    if (count < PURGE_ROWS || on.ended()) return removed;
  }
}
