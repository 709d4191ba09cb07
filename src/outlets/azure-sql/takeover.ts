import { createHash } from "node:crypto";
import type { Progress, Store } from "#store/store.ts";
import { SqlConnection } from "./connection.ts";
import { loadDriver } from "./driver.ts";
import { type EnsureSeries, keepTaken, type Taken, takenIntervals } from "./foreign-rows.ts";
import { type KyzInterval, markOf, readInterval } from "./interval-rows.ts";
import { selectOf } from "./merge.ts";
import { readOldMonths } from "./old-months.ts";
import { AZURE_SOURCE } from "./settings.ts";
import { INTERVAL, type SqlValue } from "./tables.ts";
import { reportOf, type Sum, type TakeoverReport, type TakeoverWish } from "./takeover-report.ts";

export interface TakeoverHouse {
  readonly store: Store;
  readonly ensureSeries: EnsureSeries;
  readonly nowMs: () => number;
  readonly progress: Progress;
}

const EVER = { fromMs: Date.UTC(1900, 0, 1), toMs: Date.UTC(9999, 0, 1) };
const PAGE_ROWS_MS = 31 * 86_400_000;
const SECOND_MS = 1_000;

/**
 * Takes the history of an old database over as a source of its own, which a second takeover finds again. Nothing is
 * written to that database. Errors: SqlProblem; those of the store.
 */
export async function takeOver(wish: TakeoverWish, house: TakeoverHouse): Promise<TakeoverReport> {
  const session = await SqlConnection.open(wish.login, await loadDriver());
  try {
    const counted = await serverSum(session, wish);
    const rows = await readAll(session, counted, house.progress);
    const taken = takenIntervals(rows, wish.place);
    const seedPeaks = wish.seedPeaks ? await readOldMonths(session, rows[0]?.clockMs) : undefined;
    const found = { ...reportOf(wish, { server: counted, rows, taken }), ...(seedPeaks === undefined ? {} : { seedPeaks }) };
    if (wish.dryRun) return found;
    const { kept, sum } = await keep(wish, taken, house);
    return { ...found, kept, sums: [...found.sums, sum] };
  } finally {
    await session.close();
  }
}

interface Counted extends Sum {
  readonly firstMs: number;
  readonly lastMs: number;
}

async function serverSum(session: SqlConnection, { fromClockMs = EVER.fromMs, toClockMs = EVER.toMs }: TakeoverWish): Promise<Counted> {
  const { type } = INTERVAL.key;
  const parameters = [fromClockMs, toClockMs - SECOND_MS].map((clockMs) => ({ type, value: new Date(clockMs) as SqlValue }));
  const { rows } = await session.run({
    sql: `SELECT COUNT_BIG(*) AS n, SUM(CAST(kWh AS float)) AS kwh, SUM(CAST(PulseCount AS bigint)) AS pulses, MIN(IntervalEnd) AS first, MAX(IntervalEnd) AS last FROM ${INTERVAL.name} WHERE IntervalEnd >= @p0 AND IntervalEnd <= @p1;`,
    parameters,
  });
  const { n, kwh, pulses, first, last } = rows[0] ?? {};
  return {
    of: "server",
    rows: Number(n ?? 0),
    energyKwh: Number(kwh ?? 0),
    pulses: Number(pulses ?? 0),
    firstMs: first instanceof Date ? first.getTime() : 0,
    lastMs: last instanceof Date ? last.getTime() : -1,
  };
}

async function readAll(session: SqlConnection, counted: Counted, progress: Progress): Promise<KyzInterval[]> {
  const all: KyzInterval[] = [];
  for (let atMs = counted.firstMs; atMs <= counted.lastMs; atMs += PAGE_ROWS_MS) {
    const toMs = Math.min(atMs + PAGE_ROWS_MS - SECOND_MS, counted.lastMs);
    const { rows } = await session.run(selectOf(INTERVAL, new Date(atMs), new Date(toMs)));
    all.push(...rows.flatMap((row) => readInterval(row) ?? []));
    if (progress(all.length, counted.rows, "reading") === false) break;
  }
  return all;
}

/** Keeps the intervals under an entry of the imports, and counts what our store then holds of them. */
async function keep(
  { login, place }: TakeoverWish,
  { intervals }: Taken,
  { store, ensureSeries, nowMs }: TakeoverHouse,
): Promise<{ kept: NonNullable<TakeoverReport["kept"]>; sum: Sum }> {
  const sha256 = createHash("sha256");
  for (const { tMs, row } of intervals) sha256.update(`${tMs} ${markOf(row)}\n`);
  const none = { stored: 0, replaced: 0, duplicate: 0, refused: 0 };
  const what = `${login.server}/${login.database} ${INTERVAL.name}`;
  const begun = {
    source: AZURE_SOURCE,
    what,
    sha256: sha256.digest("hex"),
    bytes: 0,
    startedMs: nowMs(),
    status: "running",
    ...none,
  } as const;
  const importId = await store.beginImport(begun);
  try {
    const { counts, series } = await keepTaken(intervals, place, { store, ensureSeries, receivedMs: nowMs(), importId });
    const [fromMs, toMs] = [intervals[0]?.tMs, intervals.at(-1)?.tMs];
    const range = fromMs === undefined || toMs === undefined ? {} : { fromMs, toMs };
    await store.endImport(importId, { status: "done", ...counts, endedMs: nowMs(), rows: intervals.length, ...range });
    const idOf = (quantity: string): number | undefined => series.find((one) => one.quantity === quantity)?.id;
    return { kept: counts, sum: await sumOfStore(store, intervals, { energy: idOf("energy"), pulses: idOf("interval-pulses") }) };
  } catch (error) {
    await store.endImport(importId, { status: "failed", ...none, endedMs: nowMs() });
    throw error;
  }
}

async function sumOfStore(
  store: Store,
  intervals: Taken["intervals"],
  ids: { energy: number | undefined; pulses: number | undefined },
): Promise<Sum> {
  const wanted = new Set(intervals.map(({ tMs }) => tMs));
  const range = { fromMs: intervals[0]?.tMs ?? 0, toMs: (intervals.at(-1)?.tMs ?? 0) + 1 };
  const total = async (id: number | undefined): Promise<{ rows: number; sum: number }> => {
    if (id === undefined) return { rows: 0, sum: 0 };
    const { tMs, value } = await store.read(id, range, { corrected: false });
    const rows = [...value].filter((_, index) => wanted.has(tMs[index] as number));
    return { rows: rows.length, sum: rows.reduce((sum, one) => sum + one, 0) };
  };
  const energy = await total(ids.energy);
  return { of: "kept", rows: energy.rows, energyKwh: energy.sum, pulses: (await total(ids.pulses)).sum };
}
