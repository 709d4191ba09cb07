import type { SqlConnection } from "./connection.ts";
import type { IntervalMirror, Mirrored, Sessions } from "./interval-mirror.ts";
import { type MirroredPlant, zoneOf } from "./plant.ts";
import type { Progress } from "./progress.ts";
import { INTERVAL } from "./tables.ts";

/** One count and checksum per month: what tells whether anybody touched it. */
const STAMPS = `SELECT YEAR(IntervalEnd) AS y, MONTH(IntervalEnd) AS m, COUNT_BIG(*) AS n,
CHECKSUM_AGG(BINARY_CHECKSUM(IntervalEnd, PulseCount, kWh, kW, Total_kWh, R17Exclude, KyzInvalidAlarm)) AS c
FROM ${INTERVAL.name} GROUP BY YEAR(IntervalEnd), MONTH(IntervalEnd);`;

/** Months of the table, `2026-11`, with what stands for their content. */
export async function tableStamps(session: SqlConnection): Promise<Map<string, string>> {
  const { rows } = await session.run({ sql: STAMPS, parameters: [] });
  return new Map(
    rows.map(({ y, m, n, c }) => [`${String(y).padStart(4, "0")}-${String(m).padStart(2, "0")}`, `${String(n)}:${String(c)}`]),
  );
}

export interface SweepWish {
  readonly plant: MirroredPlant;
  readonly mirror: IntervalMirror;
  readonly progress: Progress;
  /** The first instant our store knows anything of. */
  readonly firstMs: number | undefined;
  /** Compare every month with our store, also those nobody touched. */
  readonly full: boolean;
  readonly ended: () => boolean;
}

/**
 * Looks through the months of the table and of our store and settles what differs: months somebody else touched are read
 * back first. Errors: SqlProblem; months done until then are remembered.
 */
export async function sweep(wish: SweepWish, sessions: Sessions): Promise<Mirrored> {
  const { plant, progress } = wish;
  const reader = sessions.reader ?? sessions.writer;
  const stamps = await tableStamps(reader);
  const sum = { written: 0, removed: 0, foreign: 0 };
  for (const { name, fromMs, toMs } of monthsOf(wish, stamps)) {
    if (wish.ended()) break;
    const stamp = stamps.get(name) ?? "";
    const touched = stamp !== ((await progress.stamp(name)) ?? "");
    if (!touched && !wish.full) continue;
    const range = { fromMs, toMs: Math.min(toMs, plant.finishedMs() + 1) };
    const done = await wish.mirror.settle(range, { writer: sessions.writer, ...(touched ? { reader } : {}) });
    // What was written here changes the stamp: the next sweep reads it back once more, and then finds nothing to do.
    if (done.written + done.removed === 0) await progress.saveStamp(name, stamp);
    sum.written += done.written;
    sum.removed += done.removed;
    sum.foreign += done.foreign;
  }
  return sum;
}

function monthsOf({ plant, firstMs }: SweepWish, stamps: ReadonlyMap<string, string>): { name: string; fromMs: number; toMs: number }[] {
  const zone = zoneOf(plant);
  const endMs = plant.finishedMs() + 1;
  const firstOfTable = [...stamps.keys()].sort()[0];
  const table = firstOfTable === undefined ? undefined : zone.instantOf(Date.parse(`${firstOfTable}-01T00:00:00Z`), "earlier");
  const fromMs = Math.min(firstMs ?? endMs, table ?? endMs);
  return zone.starts("month", fromMs, endMs).map((startMs) => ({
    name: new Date(zone.localOf(startMs)).toISOString().slice(0, 7),
    fromMs: startMs,
    toMs: zone.nextStart("month", startMs),
  }));
}
