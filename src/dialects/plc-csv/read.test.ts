import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { civilOf } from "#calendar/civil.ts";
import { localText } from "#calendar/local-text.ts";
import { zoneNamed } from "#calendar/zone.ts";
import { QUALITY } from "#series/quality.ts";
import { REQUIRED } from "./header.ts";
import { optionsSchema } from "./options.ts";
import { readFile } from "./read.ts";

const ZONE = "America/Indiana/Indianapolis";
const QUARTER_MS = 900_000;
const LONG_AFTER_MS = Date.UTC(2030, 0, 1);

async function* chunksOf(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

function read(text: string, given: { options?: Record<string, unknown>; size?: number; writtenMs?: number } = {}) {
  const { options = {}, size = 65_536, writtenMs = LONG_AFTER_MS } = given;
  return readFile(chunksOf(new TextEncoder().encode(text), size), optionsSchema.parse({ zone: ZONE, ...options }), { writtenMs });
}

/** The line a PLC writes at an instant: date without leading zeros, its clock, and a number that tells the instant. */
function lineAt(tMs: number, kwh: number, zone = ZONE): string {
  const { year, month, day, hour, minute, second } = civilOf(zoneNamed(zone).localOf(tMs));
  return `${month}/${day}/${year}, ${hour}:${minute}:${second}.000, 310, ${kwh}, ${(kwh * 4).toFixed(6)}, ${kwh.toFixed(3)}, OFF - 0, OFF - 0`;
}

const file = (lines: readonly string[]): string => `${[REQUIRED.join(", "), ...lines].join("\n")}\n`;

describe("a file of every quarter-hour", () => {
  const zones = fc.constantFrom(ZONE, "Europe/Berlin", "Australia/Sydney", "America/St_Johns", "Asia/Kathmandu", "UTC");
  /** Days around the changes of 2026, and others. */
  const starts = fc.constantFrom(
    ...[Date.UTC(2026, 2, 7, 12), Date.UTC(2026, 2, 28, 12), Date.UTC(2026, 3, 4), Date.UTC(2026, 9, 3, 6), Date.UTC(2026, 9, 24, 12)],
    ...[Date.UTC(2026, 9, 31, 12), Date.UTC(2026, 6, 1)],
  );

  it("gives back every instant in any zone, over changes of the clock, in either order", async () => {
    await fc.assert(
      fc.asyncProperty(zones, starts, fc.boolean(), fc.integer({ min: 1, max: 300 }), async (zone, start, newestFirst, size) => {
        const ends = Array.from({ length: 140 }, (_, i) => start + (i + 1) * QUARTER_MS);
        const lines = ends.map((tMs, i) => lineAt(tMs, i, zone));
        const content = await read(file(newestFirst ? lines.toReversed() : lines), { options: { zone }, size });
        expect(content.problems).toEqual([]);
        expect([...content.tMs]).toEqual(ends);
        expect([...(content.sayings[0]?.value ?? [])]).toEqual(ends.map((_, i) => i));
        expect(content.quality.every((bits) => bits === 0)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it("holes in it and lines said twice change nothing else", async () => {
    const start = Date.UTC(2026, 9, 31, 22);
    const keep = fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 60, maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(keep, async (times) => {
        // Night of the change: an hour of which neither pass is whole cannot be told from its lines alone.
        const told = times.map((count, i) => (i >= 24 && i < 36 ? Math.max(1, count) : count));
        const lines = told.flatMap((count, i) => Array<string>(count).fill(lineAt(start + (i + 1) * QUARTER_MS, i)));
        const content = await read(file(lines));
        const expected = told.flatMap((count, i) => (count > 0 ? [start + (i + 1) * QUARTER_MS] : []));
        expect([...content.tMs].map((tMs) => localText(tMs, zoneNamed("UTC")))).toEqual(
          expected.map((tMs) => localText(tMs, zoneNamed("UTC"))),
        );
        expect(content.repeated).toBe(told.filter((count) => count === 2).length);
      }),
      { numRuns: 60 },
    );
  });

  it("is read from chunks of any size, of characters cut in half too", async () => {
    const text = `\ufeff${file([lineAt(Date.UTC(2026, 2, 4, 15), 527)])}`.replace("KYZ_InvalidAlarm", "KYZ_InvalidAlarm, Größe");
    for (let size = 1; size < 40; size++) {
      const content = await read(text, { size });
      expect([content.problems, content.tMs.length]).toEqual([[], 1]);
    }
  });

  it("tells the smallest step of its energies", async () => {
    const at = Date.UTC(2026, 2, 4, 15);
    const step = async (...kwh: number[]) => (await read(file(kwh.map((value, i) => lineAt(at + i * QUARTER_MS, value))))).stepKwh;
    expect(await step(527, 541)).toBe(1);
    expect(await step(527, 541.5)).toBeCloseTo(0.1);
    expect(await step(914.62, 541.5)).toBeCloseTo(0.01);
  });
});

describe("the repeated hour", () => {
  const first = Date.UTC(2026, 10, 1, 5);
  const hour = [0, 1, 2, 3].map((i) => lineAt(first + i * QUARTER_MS, i));

  it("that a file goes through once, while it was written, is that hour", async () => {
    expect(await read(file(hour.slice(0, 2)), { writtenMs: first + QUARTER_MS + 60_000 })).toMatchObject({
      tMs: Float64Array.of(first, first + QUARTER_MS),
      quality: Uint16Array.of(0, 0),
    });
    const later = await read(file(hour.slice(1, 2)), { writtenMs: first + 5 * QUARTER_MS + 60_000 });
    expect([[...later.tMs], [...later.quality]]).toEqual([[first + 5 * QUARTER_MS], [0]]);
  });

  it("that a file goes through once, long before it was read, is marked", async () => {
    const content = await read(file(hour));
    expect([...content.tMs]).toEqual([0, 1, 2, 3].map((i) => first + i * QUARTER_MS));
    expect([...content.quality]).toEqual(Array(4).fill(QUALITY.clockUncertain));
  });
});

describe("a file without end", () => {
  it("of bad rows holds a thousand problems and counts the others", async () => {
    async function* endless(): AsyncGenerator<Uint8Array> {
      yield new TextEncoder().encode(`${REQUIRED.join(",")}\n`);
      const rows = new TextEncoder().encode("x,10:15:00,1,2,3,4,OFF - 0,OFF - 0\n".repeat(1_000));
      for (let i = 0; i < 50; i++) yield rows;
    }
    const content = await readFile(endless(), optionsSchema.parse({ zone: ZONE }), { writtenMs: 0 });
    expect([content.problems.length, content.problemCount, content.refused]).toEqual([1_000, 50_000, true]);
  });

  it("without a line break is given up after the first of its chunks", async () => {
    let given = 0;
    async function* endless(): AsyncGenerator<Uint8Array> {
      for (; given < 1_000; given++) yield new Uint8Array(65_536).fill(97);
    }
    const content = await readFile(endless(), optionsSchema.parse({ zone: ZONE }), { writtenMs: 0 });
    expect(content.problems[0]?.code).toBe("line-too-long");
    expect(given).toBeLessThan(10);
  });
});

// Files of others are not ours to ship. Whoever has the folder names it in WATTKEEP_REAL_DATA.
const FOLDER = process.env["WATTKEEP_REAL_DATA"];
const SAMPLES = ["seeds/kyz/plc_csv_sample.csv", "smart-meters/kyz/plc_export_sample.csv"];

describe.skipIf(!FOLDER)(`a real file (${FOLDER ? `in ${FOLDER}` : "skipped: WATTKEEP_REAL_DATA names no folder"})`, () => {
  it.each(SAMPLES)("%s has three lines and two intervals, of which the later line counts", async (sample) => {
    const path = join(FOLDER ?? "", sample);
    expect(existsSync(path)).toBe(true);
    const content = await read(readFileSync(path, "utf8"));
    const zone = zoneNamed(ZONE);
    expect([...content.tMs].map((tMs) => localText(tMs, zone))).toEqual(["2026-02-25 15:45:00", "2026-02-25 16:00:00"]);
    expect(content.sayings.map(({ quantity, value }) => [quantity, ...value])).toEqual([
      ["energy", 916, 920],
      ["demand", 3661, 3680],
      ["interval-pulses", 999, 600],
      ["energy-total", 966_068, 966_100],
    ]);
    expect([...content.quality]).toEqual([QUALITY.excludedFromDemand, 0]);
    expect(content.repeated).toBe(1);
  });
});
