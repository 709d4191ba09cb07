import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { niagaraHistory } from "./decode.ts";

const options = niagaraHistory.options.parse({});
const T0 = Date.parse("2026-03-02T08:00:00Z");

type Row = readonly [minute: number, value: number];

function frame(history: string, rows: readonly Row[]): object {
  const historyData = rows.map(([minute, value]) => ({ timestamp: new Date(T0 + minute * 60_000).toISOString(), value }));
  return { messageType: "history", stationName: "Depot", historyId: history, historyData };
}

function readings(frames: unknown): readonly (readonly [point: string, minute: number, value: unknown])[] {
  const body = new TextEncoder().encode(JSON.stringify(frames));
  const message = { source: "s", topic: "t", body, receivedMs: T0, qos: 1, retained: false } as const;
  return niagaraHistory
    .decode(message, options)
    .items.flatMap((item) =>
      item.type === "reading" ? [[item.reading.point, ((item.reading.tMs ?? 0) - T0) / 60_000, item.reading.value] as const] : [],
    );
}

describe("rows of a frame", () => {
  it("are handed on from the oldest, though a station tells the newest first", () => {
    const told = [
      [3, 73],
      [2, 72],
      [1, 71],
    ] as const;
    expect(readings(frame("A", told)).map(([, minute]) => minute)).toEqual([1, 2, 3]);
  });

  it("are those of their history though its frames come in between others, the newest frame first", () => {
    const list = [frame("A", [[5, 1]]), frame("B", [[9, 2]]), frame("A", [[4, 3]]), frame("B", [[8, 4]])];
    expect(readings(list).map(([point, minute]) => `${point} ${minute}`)).toEqual(["depot-a 4", "depot-a 5", "depot-b 8", "depot-b 9"]);
  });

  it("stay as they are sent where several have one instant, for the last of them counts", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.integer({ min: 0, max: 5 }), fc.integer()), { minLength: 1, maxLength: 30 }), (rows) => {
        const found = readings(frame("A", rows)).map(([, minute, value]) => [minute, value]);
        const expected = rows.map((row, i) => [row, i] as const).sort(([[a], i], [[b], j]) => a - b || i - j);
        expect(found).toEqual(expected.map(([row]) => [...row]));
      }),
    );
  });
});
