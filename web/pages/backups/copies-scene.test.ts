import fc from "fast-check";
import { expect, test } from "vitest";
import type { BackupInfo } from "#contract/backups.ts";
import { copiesScene } from "./copies-scene.ts";

const HOUR_MS = 3_600_000;
const NOW_MS = 1_773_165_600_000;
const copy = (ageMs: number, keptAs: BackupInfo["keptAs"] = ["hourly"]): BackupInfo => ({
  file: `wattkeep-${NOW_MS - ageMs}.db`,
  madeMs: NOW_MS - ageMs,
  bytes: 1,
  verified: true,
  samples: 1,
  keptAs,
});

test("whatever its age, a copy stands on the axis, and an older one never nearer to now", () => {
  const ages = fc.array(fc.integer({ min: -60_000, max: 20 * 365 * 24 * HOUR_MS }), { minLength: 1, maxLength: 60 });
  fc.assert(
    fc.property(ages, (list) => {
      const sorted = list.toSorted((a, b) => a - b);
      const { marks, ticks } = copiesScene(
        sorted.map((age) => copy(age)),
        NOW_MS,
      );
      const places = marks.map((mark) => mark.at);
      expect(places.every((at) => at >= 0 && at <= 1)).toBe(true);
      expect(places).toEqual(places.toSorted((a, b) => a - b));
      expect(ticks.every((tick) => tick.at >= 0 && tick.at <= 1)).toBe(true);
      expect(ticks[0]).toEqual({ label: "now", at: 0 });
    }),
  );
});

test("a copy that is kept for two reasons stands in both lanes, one without a reason with the hourly ones", () => {
  const { marks } = copiesScene([copy(0, []), copy(HOUR_MS, ["daily", "monthly"])], NOW_MS);
  expect(marks.map((mark) => mark.lane)).toEqual(["hourly", "daily", "monthly"]);
});

test("the axis reaches as far as the copies do, and a day at least", () => {
  const far = (ageMs: number) => copiesScene([copy(ageMs)], NOW_MS).ticks.at(-1)?.label;
  expect([far(0), far(2 * 24 * HOUR_MS), far(40 * 24 * HOUR_MS), far(300 * 24 * HOUR_MS)]).toEqual([
    "1 day",
    "3 days",
    "2 months",
    "1 year",
  ]);
});
