import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Column } from "#series/column.ts";
import { QUALITY } from "#series/quality.ts";
import { cleanColumn } from "./clean-column.ts";
import { sampleRulesOf } from "./sample-rules.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const column = (value: readonly number[], { stepMs = 10 * MINUTE, quality = [] as readonly number[] } = {}): Column => ({
  tMs: Float64Array.from(value, (_, i) => i * stepMs),
  value: Float64Array.from(value),
  quality: Uint16Array.from(value, (_, i) => quality[i] ?? 0),
});
const moving = (count: number, from = 70): number[] => Array.from({ length: count }, (_, i) => from + (i % 7) / 10);
const settings = { sentinels: [-250], flatMs: 6 * HOUR };

describe("samples that enter no analysis", () => {
  it("are those of a bad status, each counted once, with a sentence", () => {
    const quality = [QUALITY.badStatus, 0, QUALITY.invalidAlarm, QUALITY.overridden];
    const clean = cleanColumn(column([-250, 71, 72, 73, Number.NaN, -250, 200], { quality }), sampleRulesOf("space-temp", "°F", settings));
    expect([...clean.column.value]).toEqual([Number.NaN, 71, Number.NaN, 73, Number.NaN, Number.NaN, Number.NaN]);
    expect(clean.excluded).toEqual([
      { reason: "bad-status", samples: 2, sentence: "2 samples of a status that makes the value bad." },
      { reason: "not-a-number", samples: 1, sentence: "1 sample without a value." },
      { reason: "sentinel", samples: 1, sentence: "1 sample says -250 or 0 °F, which means that there is no value." },
      { reason: "out-of-range", samples: 1, sentence: "1 sample outside what is possible, 32 to 122 °F." },
    ]);
    expect(clean.overridden).toBe(1);
  });

  it("are all of a sensor that never had a value, though no status says so", () => {
    const clean = cleanColumn(column(Array(300).fill(-250)), sampleRulesOf("discharge-air-temp", "°F", settings));
    expect(clean.column.value.every(Number.isNaN)).toBe(true);
    expect(clean.excluded).toEqual([
      { reason: "sentinel", samples: 300, sentence: "300 samples say -250 °F, which means that there is no value." },
    ]);
  });

  it("are those of a sensor that stands still for longer than it may, and only those", () => {
    const values = [...moving(50), ...Array(38).fill(71.3), ...moving(50)];
    const clean = cleanColumn(column(values), sampleRulesOf("space-temp", "°F", settings));
    expect(clean.excluded).toEqual([
      { reason: "flat", samples: 38, sentence: "38 samples of a sensor that said exactly the same for longer than 6 h." },
    ]);
    expect(clean.column.value.findIndex(Number.isNaN)).toBe(50);
  });

  it("are none of a setpoint, a command or a flow that stands still", () => {
    for (const role of ["effective-setpoint", "damper-command", "flow", "fan-status"]) {
      expect(cleanColumn(column(Array(300).fill(0.5 + 20)), sampleRulesOf(role, "", settings)).excluded).toEqual([]);
    }
  });

  it("are none of a thermometer that speaks on change and had nothing to say", () => {
    const tMs = Float64Array.from([0, 1, 300, 301, 302, 900, 2_000].map((minute) => minute * MINUTE));
    const value = new Float64Array(tMs.length).fill(71.5);
    expect(cleanColumn({ tMs, value, quality: new Uint16Array(tMs.length) }, sampleRulesOf("space-temp", "°F", settings)).excluded).toEqual(
      [],
    );
  });

  it("are counted within the range that is asked for, and left out before it too", () => {
    const clean = cleanColumn(column([-250, -250, 71]), { sentinels: [-250] }, { range: { fromMs: 10 * MINUTE, toMs: HOUR } });
    expect(clean.excluded.map(({ samples }) => samples)).toEqual([1]);
    expect([...clean.column.value]).toEqual([Number.NaN, Number.NaN, 71]);
  });

  it("go by what is possible in the sender's unit, and by nothing where the unit is of another kind", () => {
    expect(sampleRulesOf("space-temp", "°C", settings)).toMatchObject({ lowest: 0, highest: 50 });
    expect(sampleRulesOf("space-temp", "°F", settings)).toMatchObject({ lowest: 32, highest: 122 });
    expect(sampleRulesOf("space-temp", "", settings).lowest).toBeUndefined();
    expect(sampleRulesOf("fan-status", "text", settings)).toEqual({ sentinels: [-250], unit: "text" });
  });

  it("are as many as are missing afterwards, and all others stay as they are", () => {
    const value = fc.constantFrom(Number.NaN, -250, 0, 20, 20.5, 21, 70);
    const quality = fc.constantFrom(0, 0, 0, QUALITY.badStatus, QUALITY.overridden);
    const rows = fc.array(fc.tuple(value, quality), { maxLength: 200 });
    fc.assert(
      fc.property(rows, fc.integer({ min: 1, max: 20 }), (list, flatHours) => {
        const given = column(
          list.map(([v]) => v),
          { quality: list.map(([, q]) => q) },
        );
        const {
          column: clean,
          excluded,
          overridden,
        } = cleanColumn(given, sampleRulesOf("space-temp", "°C", { ...settings, flatMs: flatHours * HOUR }));
        const missing = [...clean.value].filter(Number.isNaN).length;
        expect(excluded.reduce((sum, { samples }) => sum + samples, 0)).toBe(missing);
        for (const [i, here] of clean.value.entries()) if (!Number.isNaN(here)) expect(here).toBe(given.value[i]);
        expect(overridden).toBe(list.filter(([, q], i) => q === QUALITY.overridden && !Number.isNaN(clean.value[i])).length);
        // What is clean stays clean: nothing new is found in it.
        const again = cleanColumn(clean, sampleRulesOf("space-temp", "°C", { ...settings, flatMs: flatHours * HOUR }));
        expect(again.excluded.filter(({ reason }) => reason !== "not-a-number" && reason !== "bad-status")).toEqual([]);
      }),
    );
  });
});
