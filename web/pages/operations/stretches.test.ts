import { describe, expect, it } from "vitest";
import { zoneClock } from "#web/charts/zone-clock.ts";
import { lastMonthOf, weekOf } from "./stretches.ts";

const clock = zoneClock("America/Indiana/Indianapolis");
const at = (text: string) => Date.parse(text);
const said = ({ fromMs, toMs }: { fromMs: number; toMs: number }) => [new Date(fromMs).toISOString(), new Date(toMs).toISOString()];

describe("the week of a plant", () => {
  it("begins on Monday at the plant's own midnight, also on a Sunday evening", () => {
    const week = ["2026-03-02T05:00:00.000Z", "2026-03-09T04:00:00.000Z"];
    expect(said(weekOf(at("2026-03-09T03:30:00Z"), clock))).toEqual(week);
    expect(said(weekOf(at("2026-03-02T05:00:00Z"), clock))).toEqual(week);
  });

  it("has an hour less where the clocks go forward", () => {
    const { fromMs, toMs } = weekOf(at("2026-03-05T12:00:00Z"), clock);
    expect((toMs - fromMs) / 3_600_000).toBe(7 * 24 - 1);
  });
});

it("the month before January is December", () => {
  expect(said(lastMonthOf(at("2026-01-01T05:00:00Z"), clock))).toEqual(["2025-12-01T05:00:00.000Z", "2026-01-01T05:00:00.000Z"]);
});
