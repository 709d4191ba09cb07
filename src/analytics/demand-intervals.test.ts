import { describe, expect, it } from "vitest";
import { zoneNamed } from "#calendar/zone.ts";
import { QUALITY } from "#series/quality.ts";
import { demandIntervals, type IntervalSettings } from "./demand-intervals.ts";
import { factorsOf } from "./factors.ts";
import type { TimeRange } from "./interval-grid.ts";
import type { Intervals } from "./intervals.ts";
import { spansOf } from "./pulse-stream.ts";
import { publishes, type Said } from "./pulse-world.ts";

const QUARTER_MS = 900_000;
const DAY = Date.UTC(2026, 0, 31);
const HERE = zoneNamed("America/Indiana/Indianapolis");
const VALUE = factorsOf([{ name: "pulsesPerKwh", value: 0.5882352941, fromMs: 0 }]);
const clock = (text: string): number => {
  const [hours = 0, minutes = 0, seconds = 0] = text.split(":").map(Number);
  return DAY + ((hours * 60 + minutes) * 60 + seconds) * 1000;
};
const day: TimeRange = { fromMs: clock("12:00:00"), toMs: clock("13:00:00") };
const derive = (said: readonly (Said & { tMs: number })[], more: Partial<IntervalSettings> = {}, range = day): Intervals => {
  const settings = { zone: HERE, lengthMs: QUARTER_MS, factors: VALUE, layer: "kyz", ...more };
  return demandIntervals(spansOf(publishes(said), settings), range, settings);
};
const known = ({ tMs, pulses }: Intervals) =>
  Array.from(tMs, (endMs, i) => [endMs, pulses[i]] as const).filter(([, pulses]) => !Number.isNaN(pulses) && pulses !== 0);
const every = (seconds: number, from: string, count: number, pulses: number) =>
  Array.from({ length: count }, (_, i) => ({ tMs: clock(from) + i * seconds * 1000 + 300, c: 1000 + pulses * i }));

describe("an interval", () => {
  it.each([
    ["12:00:00.000", "12:00:00"],
    ["12:00:00.999", "12:00:00"],
    ["12:00:01.000", "12:15:00"],
    ["12:14:59.900", "12:15:00"],
    ["12:15:00.200", "12:15:00"],
  ])("of a message at %s ends at %s without grace", (came, ends) => {
    const found = derive([{ tMs: clock(came), d: 7 }], { graceMs: 0 }, { fromMs: clock("11:30:00"), toMs: clock("13:00:00") });
    expect(known(found)).toEqual([[clock(ends), 7]]);
  });

  it.each([
    ["10:15:00", "10:15:00"],
    ["10:15:30", "10:15:00"],
    ["10:15:31", "10:30:00"],
    ["10:29:59", "10:30:00"],
    ["00:00:12", "00:00:00"],
    ["23:59:40", "24:00:00"],
  ])("of a message at %s ends at %s with 30 s of grace", (came, ends) => {
    const found = derive([{ tMs: clock(came), d: 7 }], { graceMs: 30_000 }, { fromMs: DAY - QUARTER_MS, toMs: clock("24:15:00") });
    expect(known(found)).toEqual([[clock(ends), 7]]);
  });

  it("is not known to be 0 kW by the seconds of a message that came after it", () => {
    const before = Array.from({ length: 20 }, (_, i) => ({ tMs: clock("12:00:10") + i * 15_000, d: 3 }));
    const after = Array.from({ length: 20 }, (_, i) => ({ tMs: clock("12:45:10") + i * 15_000, d: 3 }));
    const { demandKw } = derive([...before, ...after]);
    expect([...demandKw].map((kw) => kw > 0)).toEqual([true, false, false, true]);
    expect([demandKw[1], demandKw[2]]).toEqual([NaN, NaN]);
  });

  it("has four times its energy as power: 42 pulses of 1.7 kWh are 71.4 kWh and 285.6 kW, 538 are 914.6 and 3658.4", () => {
    for (const [pulses, kwh, kw] of [
      [42, 71.4, 285.6],
      [538, 914.6, 3658.4],
    ] as const) {
      const { energyKwh, demandKw, powerKw } = derive([{ tMs: clock("12:15:00"), d: pulses }]);
      expect([energyKwh[0], demandKw[0], powerKw[0]]).toEqual([expect.closeTo(kwh, 6), expect.closeTo(kw, 5), expect.closeTo(kw, 5)]);
    }
  });

  it("is finished by 30 s of grace for one message per interval, found out and not set", () => {
    const said = Array.from({ length: 20 }, (_, i) => ({ tMs: clock("08:00:00") + i * QUARTER_MS + 12_000, c: 1000 + 500 * i }));
    const { pulses, coverage, demandKw } = derive(said);
    expect([...pulses]).toEqual([500, 500, 500, NaN]);
    expect([...coverage.slice(0, 3)]).toEqual([1, 1, 1]);
    expect(demandKw[1]).toBeCloseTo(3400, 5);
  });

  it("sums all messages that come for it; the original kept the first and dropped the others", () => {
    const said = [
      { tMs: clock("12:15:05"), d: 40 },
      { tMs: clock("12:15:20"), d: 2 },
      { tMs: clock("12:20:00"), d: 7 },
    ];
    expect(known(derive(said, { graceMs: 30_000 }))).toEqual([
      [clock("12:15:00"), 42],
      [clock("12:30:00"), 7],
    ]);
  });

  it("of a publisher that sends only amounts, one per interval, is observed whole, and missing where none came", () => {
    const said = Array.from({ length: 24 }, (_, i) => ({ tMs: clock("08:00:00") + i * QUARTER_MS + 4_000, d: 500 })).filter(
      (_, i) => i !== 18,
    );
    const { pulses, coverage, demandKw } = derive(said);
    expect([...pulses]).toEqual([500, NaN, 500, 500]);
    expect([...coverage]).toEqual([1, 0, 1, 1]);
    expect(demandKw[2]).toBeCloseTo(3400, 4);
  });

  it("keeps pulses of the first second after a boundary, and those of both sides of a restart of ours", () => {
    const said = every(1, "11:59:00", 1000, 1).map(({ tMs, c }) => ({ tMs: tMs + 350, c }));
    const { pulses } = derive(said.filter(({ tMs }) => tMs < clock("12:04:00") || tMs > clock("12:04:20")));
    expect(pulses[0]).toBe(900);
  });

  it("is not doubled by a message of such a publisher that came after the grace", () => {
    const said = Array.from({ length: 20 }, (_, i) => ({
      tMs: clock("08:00:00") + i * QUARTER_MS + (i === 18 ? 45_000 : 2_000),
      c: 500 * i,
    }));
    const { pulses, quality } = derive(said);
    expect([...pulses.slice(0, 3)]).toEqual([500, 500, 500]);
    expect(quality[1]).toBe(QUALITY.suspect);
  });

  it("gets the flags of all its messages", () => {
    const said = every(15, "11:45:00", 200, 9).map((one, i) => (i === 70 ? { ...one, q: QUALITY.excludedFromDemand } : one));
    const { quality, demandKw, powerKw, energyKwh, possibleKw } = derive(said);
    expect([...quality.slice(0, 2)]).toEqual([QUALITY.excludedFromDemand, 0]);
    expect([demandKw[0], possibleKw[0]]).toEqual([NaN, NaN]);
    expect(powerKw[0]).toBeCloseTo(540 * 1.7 * 4, 3);
    expect(energyKwh[0]).toBeCloseTo(540 * 1.7, 4);
  });

  it("has an estimate for energy and no demand under the invalid alarm", () => {
    const said = every(15, "11:45:00", 200, 9).map((one, i) => (i === 70 ? { ...one, q: QUALITY.invalidAlarm } : one));
    const { quality, demandKw, energyKwh } = derive(said);
    expect(quality[0]).toBe(QUALITY.invalidAlarm | QUALITY.filled);
    expect(demandKw[0]).toBeNaN();
    expect(energyKwh[0]).toBeCloseTo(540 * 1.7, 4);
  });

  it("of which nobody said anything is there, without numbers", () => {
    const { tMs, energyKwh, pulses, coverage, layer } = derive(every(15, "11:45:00", 61, 9));
    expect(tMs.length).toBe(4);
    expect([energyKwh[3], pulses[3], coverage[3], layer[3]]).toEqual([NaN, NaN, 0, 255]);
  });

  it("has pulses without energy until somebody says what a pulse is worth", () => {
    const { pulses, energyKwh, demandKw, layer } = derive(every(15, "11:45:00", 200, 9), { factors: factorsOf([]) });
    expect([pulses[0], energyKwh[0], demandKw[0], layer[0]]).toEqual([540, NaN, NaN, 0]);
  });

  it("knows that a plant stood still from one where nobody listened", () => {
    const { energyKwh, demandKw, coverage } = derive(every(15, "11:45:00", 400, 0));
    expect([energyKwh[0], demandKw[0], coverage[0]]).toEqual([0, 0, 1]);
  });
});

describe("a silence of forty minutes", () => {
  const said = every(15, "11:45:00", 400, 9).filter(({ tMs }) => tMs < clock("12:05:00") || tMs > clock("12:45:10"));

  it("invents no peak: its pulses are energy in every interval it reaches into, and demand in none", () => {
    const { energyKwh, demandKw, powerKw, possibleKw, quality, coverage } = derive(said);
    const all = derive(every(15, "11:45:00", 400, 9));
    for (let i = 0; i < 3; i += 1) expect(powerKw[i]).toBeCloseTo(all.powerKw[i] as number, -2);
    expect([...energyKwh].reduce((a, b) => a + b)).toBeCloseTo(
      [...all.energyKwh].reduce((a, b) => a + b),
      6,
    );
    expect([...demandKw.slice(0, 3)]).toEqual([NaN, NaN, NaN]);
    expect([...quality.slice(0, 3)].every((bits) => (bits & QUALITY.recoveredAfterGap) !== 0)).toBe(true);
    expect(possibleKw[1]).toBeGreaterThan(9000);
    expect(coverage[1]).toBe(0);
    expect(coverage[0]).toBeCloseTo(1 / 3, 1);
  });

  it("leaves an interval certain in which it begins and ends", () => {
    const short = every(15, "11:45:00", 400, 9).filter(({ tMs }) => tMs < clock("12:02:00") || tMs > clock("12:09:10"));
    const { pulses, demandKw, possibleKw, quality, coverage } = derive(short);
    expect(pulses[0]).toBe(540);
    expect(demandKw[0]).toBeCloseTo(3672, 3);
    expect([possibleKw[0], quality[0]]).toEqual([NaN, QUALITY.recoveredAfterGap]);
    expect(coverage[0]).toBeCloseTo(1 - 450 / 900, 2);
  });

  it("of one lost message at a boundary moves next to nothing", () => {
    const lost = every(15, "11:45:00", 400, 9).filter(({ tMs }) => tMs !== clock("12:15:00") + 300);
    const { pulses, demandKw } = derive(lost);
    expect([...pulses.slice(0, 3)]).toEqual([540, 540, 540]);
    expect(demandKw[0]).toBeCloseTo(3672, 3);
  });

  it("of a publisher of one message per interval is told in both intervals and believed in none", () => {
    const slow = Array.from({ length: 24 }, (_, i) => ({ tMs: clock("08:00:00") + i * QUARTER_MS + 2_000, c: 500 * i })).filter(
      (_, i) => i !== 17,
    );
    const { pulses, demandKw, possibleKw } = derive(slow);
    expect([...pulses]).toEqual([500, 500, 500, 500]);
    expect([...demandKw.slice(0, 3)]).toEqual([NaN, NaN, expect.closeTo(3400, 4)]);
    expect(possibleKw[0]).toBeCloseTo(6800, 4);
  });
});

describe("a register that starts again inside an interval", () => {
  it("leaves its demand a lower bound", () => {
    const said = every(15, "11:45:00", 400, 9).map((one, i) => (i >= 80 ? { ...one, c: 30 + 9 * (i - 80) } : one));
    const { pulses, demandKw, possibleKw } = derive(said);
    expect(pulses[0]).toBe(531);
    expect(demandKw[0]).toBeCloseTo(531 * 6.8, 3);
    expect(possibleKw[0]).toBeCloseTo((531 + 30) * 6.8, 3);
  });
});

describe("the clock on the wall", () => {
  it.each([
    ["Asia/Kathmandu", 3_600_000, 15],
    ["Australia/Adelaide", 3_600_000, 30],
    ["Asia/Kathmandu", 1_800_000, 15],
    ["UTC", 3_600_000, 0],
  ])("of %s says where intervals of %i ms end", (zone, lengthMs, minutePast) => {
    const { tMs } = derive([], { zone: zoneNamed(zone), lengthMs });
    expect(new Date(tMs[0] as number).getUTCMinutes() % 30).toBe(minutePast % 30);
    expect(tMs.every((endMs) => zoneNamed(zone).localOf(endMs) % lengthMs === 0)).toBe(true);
  });

  it.each([
    ["2026-03-08", 92],
    ["2026-11-01", 100],
    ["2026-06-01", 96],
  ])("has on %s %i quarters", (date, count) => {
    const fromMs = HERE.instantOf(Date.parse(`${date}T00:00:00Z`), "earlier");
    expect(derive([], {}, { fromMs, toMs: HERE.addDays(fromMs, 1) }).tMs.length).toBe(count);
  });

  it("that moves by half an hour cuts an hour in two and loses none of its pulses", () => {
    const zone = zoneNamed("Australia/Lord_Howe");
    const fromMs = zone.dayStart(Date.UTC(2026, 3, 4, 20));
    const range = { fromMs, toMs: zone.addDays(fromMs, 1) };
    const said = Array.from({ length: 4 * 60 * 26 }, (_, i) => ({ tMs: fromMs - 3_600_000 + i * 15_000 + 300, c: i }));
    const { pulses, tMs } = derive(said, { zone, lengthMs: 3_600_000 }, range);
    expect(range.toMs - range.fromMs).toBe(24.5 * 3_600_000);
    expect([...pulses].reduce((a, b) => a + b)).toBe(24.5 * 240);
    expect(tMs.at(-1)).toBe(range.toMs);
  });
});

describe("windows that slide", () => {
  it("see a peak that lies across a quarter", () => {
    const said = Array.from({ length: 800 }, (_, i) => ({ i, tMs: clock("11:00:00") + i * 15_000 + 300 })).map(({ i, tMs }) => ({
      tMs,
      c: 2 * i + 20 * Math.max(0, Math.min(60, (tMs - clock("12:05:00")) / 15_000 - 0.02)),
    }));
    const block = derive(said);
    const sliding = derive(said, { slideMs: 300_000 });
    expect(sliding.tMs.length).toBe(12);
    expect(Math.max(...sliding.pulses)).toBeCloseTo(60 * 22, 0);
    expect(Math.max(...block.pulses)).toBeLessThan(60 * 17);
    for (const [i, endMs] of block.tMs.entries()) {
      expect(sliding.pulses[sliding.tMs.indexOf(endMs)]).toBeCloseTo(block.pulses[i] as number, 6);
    }
  });
});
