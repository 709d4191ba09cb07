import fc from "fast-check";
import { expect, it } from "vitest";
import { bytesOf, derivedOf } from "./kept-intervals.ts";

it("intervals and events come back from their bytes, wherever in memory those lie", () => {
  const row = fc.tuple(fc.double(), fc.double(), fc.nat(65_535), fc.nat(255), fc.float());
  fc.assert(
    fc.property(fc.array(row, { maxLength: 40 }), fc.array(fc.string(), { maxLength: 3 }), fc.nat(9), (rows, layers, offset) => {
      const column = (pick: (row: (typeof rows)[number]) => number) => Float64Array.from(rows, pick);
      const intervals = {
        lengthMs: 900_000,
        layers,
        tMs: column(([a]) => a),
        energyKwh: column(([, b]) => b),
        demandKw: column(() => Number.NaN),
        powerKw: column(([a]) => a),
        possibleKw: column(([, b]) => b),
        pulses: column(([a]) => a),
        coverage: Float32Array.from(rows, ([, , , , coverage]) => coverage),
        quality: Uint16Array.from(rows, ([, , quality]) => quality),
        layer: Uint8Array.from(rows, ([, , , layer]) => layer),
      };
      const event = {
        kind: "reset",
        tMs: 5,
        beforeKwh: 9,
        afterKwh: Number.NaN,
        beforeMs: 4,
        afterMs: 5,
        countedKwh: 0,
        open: true,
      } as const;
      const events = rows.slice(0, 2).map(() => ({ ...event, sentence: "It began again.", source: "meter" }));
      const bytes = bytesOf({ intervals, events });
      const moved = new Uint8Array(bytes.length + offset);
      moved.set(bytes, offset);
      expect(derivedOf(moved.subarray(offset))).toEqual({ intervals, events });
    }),
  );
});
