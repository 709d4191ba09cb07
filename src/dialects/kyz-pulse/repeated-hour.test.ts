import { describe, expect, it } from "vitest";
import { HOUR_MS, MINUTE_MS } from "#calendar/civil.ts";
import { localText } from "#calendar/local-text.ts";
import { zoneNamed } from "#calendar/zone.ts";
import { QUALITY } from "#series/quality.ts";
import { kyzPulse } from "./decode.ts";

const ZONE = zoneNamed("America/Indiana/Indianapolis");
const OPTIONS = kyzPulse.options.parse({ zone: ZONE.id });
const QUARTER_MS = 15 * MINUTE_MS;
/** Half an hour before the autumn change of 2025 until an hour and a half after it. */
const ENDS = Array.from({ length: 12 }, (_, i) => Date.parse("2025-11-02T04:45:00Z") + i * QUARTER_MS);

function interval(endMs: number, pulses: number): string {
  return JSON.stringify({ intervalEnd: localText(endMs, ZONE), pulseCount: pulses, kWh: pulses * 1.7, kW: pulses * 6.8 });
}

/** Decodes one message after another, memory handed on, and gives instant and quality of each energy reading. */
function decodeAll(messages: readonly { text: string; receivedMs: number }[]): { tMs: number | undefined; quality: number }[] {
  let memory: unknown;
  return messages.map(({ text, receivedMs }) => {
    const message = {
      source: "kyz",
      topic: "pri/energy/kyz/interval",
      body: new TextEncoder().encode(text),
      receivedMs,
      qos: 1 as const,
      retained: false,
    };
    const decoded = kyzPulse.decode(message, OPTIONS, memory === undefined ? undefined : JSON.parse(JSON.stringify(memory)));
    memory = decoded.memory;
    const item = decoded.items[0];
    return item?.type === "reading" ? { tMs: item.reading.tMs, quality: item.reading.quality ?? 0 } : { tMs: undefined, quality: 0 };
  });
}

describe("the repeated hour of autumn", () => {
  it("is told apart by the time of arrival", () => {
    const found = decodeAll(ENDS.map((endMs, i) => ({ text: interval(endMs, i + 1), receivedMs: endMs + 2_000 })));
    expect(found).toEqual(ENDS.map((tMs) => ({ tMs, quality: 0 })));
  });

  it("is told apart by the order of intervals that were held back for hours", () => {
    const found = decodeAll(ENDS.map((endMs, i) => ({ text: interval(endMs, i + 1), receivedMs: (ENDS.at(-1) ?? 0) + 5 * HOUR_MS })));
    expect(found).toEqual(ENDS.map((tMs) => ({ tMs, quality: 0 })));
  });

  it("keeps an interval that is sent twice where it is", () => {
    const late = (ENDS.at(-1) ?? 0) + 5 * HOUR_MS;
    const twice = ENDS.flatMap((endMs, i) => [interval(endMs, i + 1), interval(endMs, i + 1)]).map((text) => ({ text, receivedMs: late }));
    expect(decodeAll(twice).map((found) => found.tMs)).toEqual(ENDS.flatMap((tMs) => [tMs, tMs]));
  });

  it("is marked where neither arrival nor order can tell", () => {
    const endMs = Date.parse("2025-11-02T06:30:00Z");
    expect(decodeAll([{ text: interval(endMs, 1), receivedMs: endMs + 24 * HOUR_MS }])).toEqual([
      { tMs: endMs - HOUR_MS, quality: QUALITY.clockUncertain },
    ]);
  });

  it("does not survive a memory that is not ours", () => {
    const message = {
      source: "kyz",
      topic: "pri/energy/kyz/interval",
      body: new TextEncoder().encode(interval(ENDS[0] ?? 0, 1)),
      receivedMs: 0,
      qos: 1 as const,
      retained: false,
    };
    for (const memory of [null, 1, "x", [], { "pri/energy/kyz": { tMs: "1" } }])
      expect(kyzPulse.decode(message, OPTIONS, memory).items[0]?.type).toBe("reading");
  });
});
