import { afterEach, beforeEach, expect, test } from "vitest";
import { MirrorWorld, ZONE } from "#test/fake-tds/mirror-world.ts";
import { takeOver } from "./takeover.ts";
import type { TakeoverReport, TakeoverWish } from "./takeover-report.ts";

const place = { site: "plant", point: "main", zone: ZONE, intervalMs: 900_000 };

let world: MirrorWorld;
beforeEach(async () => {
  world = await MirrorWorld.make();
});
afterEach(async () => {
  await world.end();
});

/** One row of the old table, as its ingestor left it. */
function old(clock: string, kWh: number, flags: { r17?: boolean; invalid?: boolean; total?: number } = {}): void {
  const total = flags.total === undefined ? null : flags.total.toFixed(6);
  const row = [
    new Date(`${clock}Z`),
    Math.round(kWh / 1.7),
    kWh.toFixed(6),
    (kWh * 4).toFixed(6),
    total,
    flags.r17 === true,
    flags.invalid === true,
  ];
  world.database.put("dbo.KYZ_Interval", row);
}

function take(wish: Partial<TakeoverWish> = {}): Promise<TakeoverReport> {
  const { store, ensureSeries, clock } = world;
  const house = { store, ensureSeries, nowMs: clock.nowMs, progress: () => true };
  return takeOver({ login: world.login("kyz_dashboard"), place, dryRun: false, seedPeaks: false, ...wish }, house);
}

function history(): void {
  old("2025-10-31 23:45:00", 170, { total: 1000 });
  old("2025-11-01 00:00:00", 850, { r17: true });
  old("2025-11-02 01:15:00", 340);
  old("2025-11-02 14:44:59", 510, { total: 2000 });
  old("2025-11-02 14:45:00", 500);
  old("2025-11-02 14:50:00", 1);
  old("2025-12-01 00:15:00", 680, { invalid: true });
}

test("a dry run counts and sums, and keeps nothing", async () => {
  history();
  const report = await take({ dryRun: true });
  expect(report).toMatchObject({ dryRun: true, rows: 7, intervals: 5, doubled: 1, unusable: 1, unusableRows: ["2025-11-02 14:50:00"] });
  expect(report).toMatchObject({ first: "2025-10-31 23:45:00", last: "2025-12-01 00:15:00", excluded: 1, invalid: 1, uncertain: 1 });
  expect(report.peak).toEqual({ at: "2025-11-02 14:44:59", kw: 2040 });
  expect(report.sums.map(({ of, rows, energyKwh }) => [of, rows, energyKwh])).toEqual([
    ["server", 7, 3051],
    ["read", 7, 3051],
    ["taken", 5, 2550],
  ]);
  expect(report.kept).toBeUndefined();
  expect((await world.store.registry()).series).toEqual([]);
  expect(await world.store.imports()).toEqual([]);
  expect(world.server.statements.filter(({ sql }) => !sql.startsWith("SELECT"))).toEqual([]);
});

test("a takeover keeps what it counted, and a second one finds it all there", async () => {
  history();
  const report = await take();
  expect(report.kept).toEqual({ stored: 5 * 3 + 2, duplicate: 0, replaced: 0, refused: 0 });
  expect(report.sums.find(({ of }) => of === "kept")).toMatchObject({ rows: 5, energyKwh: 2550, pulses: report.sums[2]?.pulses });
  const [record] = await world.store.imports();
  expect(record).toMatchObject({ source: "azure", status: "done", rows: 5, what: "127.0.0.1/energy dbo.KYZ_Interval" });
  expect((await take()).kept).toEqual({ stored: 0, duplicate: 17, replaced: 0, refused: 0 });
});

test("a range takes the rows of its dates and no others", async () => {
  history();
  const clock = (date: string): number => Date.parse(`${date}T00:00:00Z`);
  const report = await take({ fromClockMs: clock("2025-11-01"), toClockMs: clock("2025-11-02") });
  expect([report.rows, report.first]).toEqual([1, "2025-11-01 00:00:00"]);
});

test("billed demand of months before the first interval is told for the ratchet, where asked", async () => {
  history();
  for (const [month, billed] of [
    ["2025-08-01", 900],
    ["2025-09-01", 540],
    ["2025-10-01", 700],
    ["2025-11-01", 2040],
  ] as const) {
    world.database.put("dbo.KYZ_MonthlyDemand", [new Date(`${month}T00:00:00Z`), 1, 1, 1, 1, 1, billed]);
  }
  expect((await take({ dryRun: true, seedPeaks: true })).seedPeaks).toEqual([
    { period: "2025-08-01", kw: 900 },
    { period: "2025-09-01", kw: 540 },
    { period: "2025-10-01", kw: 700 },
  ]);
  expect((await take({ dryRun: true })).seedPeaks).toBeUndefined();
});

test("an empty table is no error", async () => {
  expect(await take()).toMatchObject({ rows: 0, intervals: 0, kept: { stored: 0 } });
});
