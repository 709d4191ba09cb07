import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { FileContent } from "#dialects/file-format.ts";
import { QUALITY } from "#series/quality.ts";
import { OUTCOME } from "#store/batch.ts";
import { countRows } from "./compare.ts";
import type { KnownIntervals } from "./judge.ts";

const QUARTER_MS = 900_000;

function content(rows: readonly { kwh: number; quality?: number }[], stepKwh = 1): FileContent {
  const place = { device: "plc", point: "main", pointName: "Main meter" };
  const value = Float64Array.from(rows, ({ kwh }) => kwh);
  return {
    tMs: Float64Array.from(rows, (_, i) => (i + 1) * QUARTER_MS),
    quality: Uint16Array.from(rows, ({ quality }) => quality ?? 0),
    line: Uint32Array.from(rows, (_, i) => i + 2),
    sayings: [{ ...place, quantity: "energy", unit: "kWh", kind: "interval", intervalMs: QUARTER_MS, value }],
    repeated: 0,
    problems: [],
    problemCount: 0,
    refused: false,
    lenient: false,
    stepKwh,
  };
}

function known(rows: readonly { kwh: number; quality?: number; demandKw?: number }[]): KnownIntervals {
  return {
    tMs: Float64Array.from(rows, (_, i) => (i + 1) * QUARTER_MS),
    energyKwh: Float64Array.from(rows, ({ kwh }) => kwh),
    demandKw: Float64Array.from(rows, ({ kwh, demandKw }) => demandKw ?? kwh * 4),
    quality: Uint16Array.from(rows, ({ quality }) => quality ?? 0),
  };
}

const stored = (rows: number): Uint8Array => new Uint8Array(rows).fill(OUTCOME.stored);
const count = (file: FileContent, others: KnownIntervals | undefined, outcome = stored(file.tMs.length)) =>
  countRows(file, { known: others, outcome });

describe("a row of a file", () => {
  it("within the rounding of the file confirms what pulses said: 915 kWh are 914.6", () => {
    expect(count(content([{ kwh: 915 }]), known([{ kwh: 914.6 }]))).toMatchObject({ confirmed: 1, replaced: 0 });
    expect(count(content([{ kwh: 915 }]), known([{ kwh: 916 }]))).toMatchObject({ confirmed: 1 });
    expect(count(content([{ kwh: 915 }]), known([{ kwh: 913.9 }]))).toMatchObject({ replaced: 1 });
  });

  it("of a finer file has less rounding", () => {
    expect(count(content([{ kwh: 915.2 }], 0.1), known([{ kwh: 914.6 }]))).toMatchObject({ replaced: 1 });
  });

  it("is new where nobody knew the interval, and unchanged where the store knew every word", () => {
    expect(count(content([{ kwh: 1 }, { kwh: 2 }]), known([{ kwh: Number.NaN }]))).toMatchObject({ new: 2 });
    expect(count(content([{ kwh: 1 }]), undefined)).toMatchObject({ new: 1 });
    expect(count(content([{ kwh: 1 }]), known([{ kwh: 9 }]), Uint8Array.of(OUTCOME.duplicate))).toMatchObject({ unchanged: 1 });
    expect(count(content([{ kwh: 1 }]), undefined, Uint8Array.of(OUTCOME.replaced))).toMatchObject({ replaced: 1 });
  });

  it("that leaves an interval out of the demand, or brings one back into it, replaces what was said", () => {
    const excluded = QUALITY.excludedFromDemand;
    expect(count(content([{ kwh: 915, quality: excluded }]), known([{ kwh: 915 }]))).toMatchObject({ replaced: 1 });
    expect(count(content([{ kwh: 915 }]), known([{ kwh: 915, demandKw: Number.NaN }]))).toMatchObject({ replaced: 1 });
    const both = known([{ kwh: 915, quality: excluded, demandKw: Number.NaN }]);
    expect(count(content([{ kwh: 915, quality: excluded }]), both)).toMatchObject({ confirmed: 1 });
  });

  it("is counted once, whatever it and others say", () => {
    const row = fc.record({ kwh: fc.double({ min: 0, max: 2000 }), quality: fc.constantFrom(0, 16, 32, 48) });
    const other = fc.record({ kwh: fc.oneof(fc.constant(Number.NaN), fc.double({ min: 0, max: 2000 })), quality: fc.constantFrom(0, 16) });
    fc.assert(
      fc.property(fc.array(row), fc.array(other), fc.integer({ min: 0, max: 3 }), (rows, others, outcome) => {
        const told = count(content(rows), known(others), new Uint8Array(rows.length).fill(outcome));
        expect(told.new + told.confirmed + told.replaced + told.unchanged).toBe(rows.length);
      }),
    );
  });
});
