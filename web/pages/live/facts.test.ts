import { describe, expect, it } from "vitest";
import type { ColumnAnswer, SeriesInfo } from "#contract/series.ts";
import { amountSince, factsOf, sumOfIntervals } from "./facts.ts";
import { latestIn, NOW, point, sections, series, site, value } from "./fixture.ts";
import { sparkOf } from "./spark.ts";

const plain = (text: string | undefined) => text?.replaceAll("\u00a0", " ");
const column = (more: Partial<ColumnAnswer>): ColumnAnswer => ({
  key: "x",
  unit: "kWh",
  kind: "counter",
  mode: "buckets",
  tMs: [],
  value: [],
  quality: [],
  samples: 0,
  ...more,
});

function card(all: readonly SeriesInfo[]) {
  const found = sections(
    [site("home", "Home")],
    [
      point(
        "home/main",
        "Main",
        all.map((one) => one.key),
      ),
    ],
    all,
  )[0]?.points[0];
  if (!found) throw new Error("the fixture has no point");
  return found;
}

const POWER = "home/main/power@t";
const REGISTER = "home/main/energy-import@t";
const meter = card([series(POWER, { unit: "W" }), series(REGISTER, { kind: "counter", unit: "kWh" })]);
const base = { point: meter, nowMs: NOW, zone: "Europe/Berlin", window: "24 h", today: undefined, history: undefined };

describe("the foot of a card", () => {
  it("says what was used today and where the register stands", () => {
    const live = value(POWER, 412);
    const facts = factsOf({
      ...base,
      live,
      state: "fresh",
      latest: latestIn([live, value(REGISTER, 20_481.236)]),
      today: column({ tMs: [1], value: [20_477], min: [20_476.4] }),
    });
    expect(plain(facts.left)).toBe("4.84 kWh today");
    expect(plain(facts.right)).toBe("20,481.24 kWh");
  });

  it("says how often a late sender usually speaks, and when a silent one was last heard", () => {
    const live = value(POWER, 412, { tMs: NOW - 60_000 });
    expect(plain(factsOf({ ...base, live, state: "stale", latest: latestIn([]) }).left)).toBe("usually every 10 s");
    expect(plain(factsOf({ ...base, live, state: "missing", latest: latestIn([]) }).left)).toMatch(/^last 412 W, \d\d:\d\d$/);
    expect(factsOf({ ...base, live: undefined, state: "missing", latest: latestIn([]) }).left).toBe("never heard");
  });

  it("says the setpoint beside what is set", () => {
    const zone = card([
      series("home/main/temperature@n", { unit: "°F", medium: "climate" }),
      series("home/main/temperature-setpoint@n", { unit: "°F", medium: "climate" }),
    ]);
    const live = value("home/main/temperature@n", 79.6);
    const latest = latestIn([live, value("home/main/temperature-setpoint@n", 72)]);
    expect(plain(factsOf({ ...base, point: zone, live, state: "fresh", latest }).left)).toBe("setpoint 72 °F");
  });

  it("says lowest and highest where there is nothing better", () => {
    const lone = card([series("home/main/humidity@n", { unit: "%", medium: "climate" })]);
    const live = value("home/main/humidity@n", 45);
    const history = column({ kind: "gauge", min: [41.2, null, 43], max: [47, null, 52.8], value: [44, null, 45], tMs: [1, 2, 3] });
    expect(plain(factsOf({ ...base, point: lone, live, state: "fresh", latest: latestIn([live]), history }).left)).toBe(
      "41.2 to 52.8 % in 24 h",
    );
  });
});

describe("today's amount", () => {
  it("is not invented when the register was reset or nothing is known", () => {
    expect(amountSince(column({ min: [500], value: [510] }), 3)).toBeUndefined();
    expect(amountSince(column({}), 3)).toBeUndefined();
    expect(amountSince(null, 3)).toBeUndefined();
  });
});

describe("today's amount of intervals", () => {
  it("is their sum, and is not guessed from aggregates", () => {
    expect(sumOfIntervals(column({ mode: "raw", kind: "interval", value: [100.5, null, 99.5], tMs: [1, 2, 3] }))).toBe(200);
    expect(sumOfIntervals(column({ mode: "buckets", value: [100] }))).toBeUndefined();
    expect(sumOfIntervals(undefined)).toBeUndefined();
  });
});

describe("the line of a card", () => {
  it("draws a register as what was used in each step, and nothing over a reset", () => {
    const spark = sparkOf({ kind: "counter" }, column({ tMs: [1, 2, 3, 4], value: [10, 12, 1, 4] }), {
      live: undefined,
      fromMs: 0,
      toMs: 5,
    });
    expect(spark.value).toEqual([null, 2, null, 3]);
  });

  it("breaks where the column says a gap begins, and ends in the newest value", () => {
    const history = column({ kind: "gauge", tMs: [0, 10, 100], value: [1, 2, 3], gapMs: 40 });
    const spark = sparkOf({ kind: "gauge" }, history, { live: value(POWER, 9, { tMs: 120 }), fromMs: 0, toMs: 120 });
    expect(spark.tMs).toEqual([0, 10, 11, 100, 120]);
    expect(spark.value).toEqual([1, 2, null, 3, 9]);
  });
});
