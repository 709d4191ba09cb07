import fc from "fast-check";
import { expect, it } from "vitest";
import { QUALITY } from "#series/quality.ts";
import { BuildingWorld, polled } from "#test/building-world.ts";
import type { BuildingReports } from "./building.ts";

const HOUR_MS = 3_600_000;
const NOW = "2026-03-12 12:00";
const F = { unit: "°F" };
const POINTS = [
  "VAV 1-01 Space Temp",
  "VAV 1-01 Effective Setpoint",
  "VAV 1-02 Space Temp",
  "VAV 1-02 Box Flow",
  "AHU-1 Supply Fan Status",
] as const;

/** One thing that happens to a building. */
type Happening =
  | { readonly kind: "says"; readonly point: number; readonly hoursAgo: number; readonly value: number; readonly quality: number }
  | { readonly kind: "corrects"; readonly point: number; readonly hoursAgo: number; readonly hours: number; readonly value: number }
  | { readonly kind: "undoes" }
  | { readonly kind: "appears"; readonly box: number; readonly value: number }
  | { readonly kind: "passes"; readonly minutes: number }
  | { readonly kind: "decides"; readonly box: number };

const happening: fc.Arbitrary<Happening> = fc.oneof(
  fc.record({
    kind: fc.constant("says" as const),
    point: fc.nat(POINTS.length - 1),
    hoursAgo: fc.integer({ min: 0, max: 400 }).map((tenths) => tenths / 10),
    value: fc.integer({ min: 60, max: 85 }),
    quality: fc.constantFrom(0, 0, 0, QUALITY.badStatus, QUALITY.overridden),
  }),
  fc.record({
    kind: fc.constant("corrects" as const),
    point: fc.nat(POINTS.length - 1),
    hoursAgo: fc.integer({ min: 1, max: 40 }),
    hours: fc.integer({ min: 0, max: 4 }),
    value: fc.integer({ min: 60, max: 85 }),
  }),
  fc.record({ kind: fc.constant("undoes" as const) }),
  fc.record({ kind: fc.constant("appears" as const), box: fc.integer({ min: 1, max: 4 }), value: fc.integer({ min: 60, max: 85 }) }),
  fc.record({ kind: fc.constant("passes" as const), minutes: fc.constantFrom(1, 7, 45, 300) }),
  fc.record({ kind: fc.constant("decides" as const), box: fc.integer({ min: 1, max: 2 }) }),
);

async function opened(): Promise<BuildingWorld> {
  const world = await BuildingWorld.open(NOW);
  const every = { everyMs: 600_000, value: (_: number, i: number) => Math.round(720 + 30 * Math.sin(i / 7)) / 10 };
  const [fromMs, toMs] = [world.at("2026-03-10 12:00"), world.at(NOW)];
  await world.say(POINTS[0], polled(fromMs, toMs, every), F);
  await world.say(POINTS[1], [["2026-03-10 04:50", 72]], F);
  await world.say(POINTS[2], polled(fromMs + 90_000, toMs, every), F);
  await world.say(POINTS[3], polled(fromMs, toMs, { everyMs: 600_000, value: (_, i) => 300 + (i % 9) }), {
    unit: "cfm",
    quantity: "airflow",
  });
  await world.say(POINTS[4], [["2026-03-10 06:00", 1]], {});
  return world;
}

async function happens(world: BuildingWorld, it: Happening): Promise<void> {
  const { store } = world;
  switch (it.kind) {
    case "says": {
      const unit = it.point === 3 ? { unit: "cfm", quantity: "airflow" } : it.point === 4 ? {} : F;
      await world.say(POINTS[it.point] as string, [[world.clockMs - it.hoursAgo * HOUR_MS, it.value, it.quality]], unit);
      return;
    }
    case "corrects": {
      const t1Ms = world.clockMs - it.hoursAgo * HOUR_MS;
      const t0Ms = t1Ms - it.hours * HOUR_MS;
      await store.correct({
        seriesId: it.point + 1,
        t0Ms,
        t1Ms,
        action: "set",
        value: it.value,
        who: "me",
        why: "so",
        madeMs: world.clockMs,
      });
      return;
    }
    case "undoes": {
      const last = (await store.corrections()).findLast(({ undoneMs }) => undoneMs === undefined);
      if (last !== undefined) await store.undoCorrection(last.id, { who: "me", atMs: world.clockMs });
      return;
    }
    case "appears":
      await world.say(`VAV 2-0${it.box} Space Temp`, [[world.clockMs, it.value]], F);
      return;
    case "decides":
      await world.fact("", "building-equipment", { equipment: `vav-1-0${it.box}`, servedBy: "ahu-1" });
      return;
    case "passes":
      world.clockMs += it.minutes * 60_000;
  }
}

async function everything(reports: BuildingReports, world: BuildingWorld): Promise<unknown> {
  const day = { fromMs: world.at("2026-03-12"), toMs: world.clockMs };
  const days = world.range("2026-03-10", "2026-03-13");
  return {
    today: await reports.overview(day),
    days: await reports.overview(days),
    findings: await reports.findings(days),
    overrides: await reports.overrides(days),
    stopped: await reports.stopped(),
    zone: await reports.zone("vav-1-01", day),
  };
}

it("what was answered before is answered as anew after late samples, corrections, new points, decisions and time", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(happening, fc.boolean()), { minLength: 1, maxLength: 12 }), async (story) => {
      const world = await opened();
      try {
        await everything(world.reports, world);
        for (const [one, asked] of story) {
          await happens(world, one);
          if (asked) await everything(world.reports, world);
        }
        expect(await everything(world.reports, world)).toEqual(await everything(world.fresh(), world));
      } finally {
        await world.close();
      }
    }),
    { numRuns: 25 },
  );
}, 120_000);

it("the days of a stretch sum to it", async () => {
  const temperatures = fc.array(fc.integer({ min: 60, max: 86 }), { minLength: 20, maxLength: 60 });
  const changes = fc.array(fc.tuple(fc.integer({ min: 0, max: 95 }), fc.integer({ min: 64, max: 80 })), { maxLength: 6 });
  await fc.assert(
    fc.asyncProperty(
      temperatures,
      changes,
      fc.constantFrom("America/Phoenix", "Europe/Berlin", "America/St_Johns"),
      async (temps, set, zone) => {
        const world = await BuildingWorld.open("2026-04-02 12:00", { zone, occupancy: { ...every, warmUpMinutes: 60 } });
        try {
          const fromMs = world.at("2026-03-28");
          const value = (_: number, i: number): number => (temps[i % temps.length] as number) + (i % 7) / 10;
          await world.say(
            "VAV 1-01 Space Temp",
            polled(fromMs - HOUR_MS, world.at("2026-04-01") + HOUR_MS, { everyMs: 600_000, value }),
            F,
          );
          const hour = { everyMs: 1_800_000, value };
          await world.say("Outdoor Air Temp", polled(fromMs - 31 * HOUR_MS, world.at("2026-04-01"), hour), F);
          const said = new Map([[-30, 72] as const, ...set]);
          await world.say(
            "VAV 1-01 Effective Setpoint",
            [...said].sort(([a], [b]) => a - b).map(([hours, setpoint]) => [fromMs + hours * HOUR_MS, setpoint] as const),
            F,
          );
          const whole = await world.reports.zone("vav-1-01", world.range("2026-03-28", "2026-04-01"));
          const dates = ["2026-03-28", "2026-03-29", "2026-03-30", "2026-03-31", "2026-04-01"];
          const days = await Promise.all(
            dates.slice(1).map((to, i) => world.reports.zone("vav-1-01", world.range(dates[i] as string, to))),
          );
          for (const key of ["samples", "judgedMs", "tooWarmMs", "tooColdMs", "discomfortDegreeHours"] as const) {
            expect(whole?.comfort.judgedMs).toBeGreaterThan(0);
            const sum = days.reduce((all, day) => all + (Number.isNaN(day?.comfort[key] ?? 0) ? 0 : (day?.comfort[key] ?? 0)), 0);
            expect(sum).toBeCloseTo(whole?.comfort[key] ?? Number.NaN, 6);
          }
        } finally {
          await world.close();
        }
      },
    ),
    { numRuns: 25 },
  );
}, 120_000);

const every = { fromMinute: 6 * 60, toMinute: 20 * 60, weekdays: [1, 2, 3, 4, 5, 6, 7] };
