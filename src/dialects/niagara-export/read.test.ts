import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { civilOf } from "#calendar/civil.ts";
import { zoneNamed } from "#calendar/zone.ts";
import type { FileItem } from "#dialects/file-item.ts";
import type { Reading } from "#readings/reading.ts";
import { QUALITY } from "#series/quality.ts";
import { optionsSchema } from "./options.ts";
import { readExport } from "./read.ts";

async function* chunksOf(bytes: Uint8Array, size = 65_536): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

interface Given {
  readonly name?: string;
  readonly options?: Record<string, unknown>;
  readonly size?: number;
}

async function read(content: string | Uint8Array, { name = "Zone.csv", options = {}, size }: Given = {}) {
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  const items: FileItem[] = [];
  const parsed = optionsSchema.parse({ zone: "America/Phoenix", ...options });
  for await (const piece of readExport(chunksOf(bytes, size), parsed, name)) items.push(...piece);
  const readings = items.flatMap(({ item }): Reading[] => ("reading" in item ? [item.reading] : []));
  const rejects = items.flatMap(({ item }) => ("reject" in item ? [item.reject] : []));
  return { readings, rejects, codes: rejects.map(({ code }) => code), values: readings.map(({ value }) => value) };
}

const at = (text: string): number => Date.parse(text);

describe("an export of Workbench with two columns", () => {
  it("is named by its file, and reads the clock of its zone", async () => {
    const { readings, rejects } = await read(
      "\ufeffTimestamp,Value (°F)\n05-Nov-25 2:19:58 PM MST,74.50\r\n06-Nov-25 12:00:00 AM MST,73\n\n",
      {
        name: "Box4$2d02$20Effective$20Setpoint.csv",
        options: { station: "Depot" },
      },
    );
    expect(rejects).toEqual([]);
    expect(readings).toEqual([
      {
        device: "Depot",
        point: "box-4-02-effective-setpoint",
        pointName: "Box 4-02 Effective Setpoint",
        about: { station: "Depot", path: "Box4-02 Effective Setpoint" },
        quantity: "temperature-setpoint",
        unit: "°F",
        kind: "gauge",
        value: 74.5,
        tMs: at("2025-11-05T21:19:58Z"),
      },
      expect.objectContaining({ value: 73, tMs: at("2025-11-06T07:00:00Z") }),
    ]);
  });

  it("holds words where they are words, and numbers where they are numbers", async () => {
    const words = await read(
      "Timestamp,Value\n05-Nov-25 2:19:57 PM MST,Off\n06-Nov-25 5:47:15 AM MST,On\n06-Nov-25 5:48:15 AM MST,2 Stage\n",
    );
    expect(words.values).toEqual(["Off", "On", "2 Stage"]);
    expect(words.readings[0]).toMatchObject({ quantity: "state", unit: "text", kind: "state" });
    const numbers = await read(
      "Timestamp,Value (cfm)\n07-May-25 1:15:00 PM MST,180\n07-May-25 1:20:00 PM MST,true\n07-May-25 1:25:00 PM MST,nan\n",
    );
    expect(numbers.values).toEqual([180, Number.NaN]);
    expect(numbers.rejects).toEqual([{ code: "not-a-number", sentence: 'Line 3: the value is "true", not a number as the rows before.' }]);
  });

  it("keeps the later of two rows of one instant", async () => {
    const row = (value: number) => `05-Nov-25 2:19:58 PM MST,${value}\n`;
    expect((await read(`Timestamp,Value (°F)\n${row(1)}${row(2)}${row(3)}`, { size: 7 })).values).toEqual([3]);
  });
});

describe("an export that names its history", () => {
  const file = (rows: string) =>
    `\ufeffhistory:Depot/Vav2-11 SpaceTemperature,,,\n22-Nov-25 12:00 AM MST  to  22-Nov-25 11:59 PM MST,,,\n,,,\nTimestamp,Trend Flags,Status,Value (°F)\n${rows}`;

  it("has units in its cells, flags, and status texts as they are", async () => {
    const { readings, rejects } = await read(
      file(
        '22-Nov-25 12:00:00 AM MST,{ },{ok},72.00 °F\n22-Nov-25 12:05:00 AM MST,{start},{ok},72.00 °F\n22-Nov-25 12:10:00 AM MST,{ },"{fault,stale}",71.90 °F\n22-Nov-25 12:15:00 AM MST,{ },{overridden},71.90 °F\n22-Nov-25 12:20:00 AM MST,{ },{null},true\n',
      ),
    );
    expect(rejects).toEqual([]);
    expect(readings[0]).toMatchObject({ device: "Depot", point: "depot-vav-2-11-space-temperature", quantity: "temperature", unit: "°F" });
    expect(readings.map(({ value, status, quality = 0 }) => [value, status, quality])).toEqual([
      [72, "{ok}", 0],
      [72, "{ok}", QUALITY.recoveredAfterGap],
      [71.9, "{fault,stale}", QUALITY.badStatus],
      [71.9, "{overridden}", QUALITY.overridden],
      [Number.NaN, "{null}", QUALITY.badStatus],
    ]);
  });

  it("is the same history as the one its station is said to be the only one of", async () => {
    const { readings } = await read(file("22-Nov-25 12:00:00 AM MST,{ },{ok},72.00 °F\n"), { options: { station: "Depot" } });
    expect(readings[0]).toMatchObject({
      point: "vav-2-11-space-temperature",
      about: { station: "Depot", path: "Vav2-11 SpaceTemperature" },
    });
  });
});

describe("a plain table", () => {
  it("gives each equipment its own points, by the columns that are named", async () => {
    const text = "When,Room,T,SP,Flow (cfm)\n2025-11-22T08:00:00,Zone-201,71,72,\n2025-11-22T08:00:00,Zone-202,70.5,72,310\n";
    const columns = { timestamp: "when", equip: "room", temp: "t", setpoint: "sp" };
    const { readings, rejects } = await read(text, { options: { columns, units: { temperature: "°F" } } });
    expect(rejects).toEqual([]);
    expect(readings.map(({ point, quantity, unit, value, about }) => [point, quantity, unit, value, about?.equipment])).toEqual(
      expect.arrayContaining([
        ["zone-201-t", "temperature", "°F", 71, "Zone-201"],
        ["zone-201-sp", "temperature-setpoint", "°F", 72, "Zone-201"],
        ["zone-202-t", "temperature", "°F", 70.5, "Zone-202"],
        ["zone-202-sp", "temperature-setpoint", "°F", 72, "Zone-202"],
        ["zone-202-flow", "value", "cfm", 310, "Zone-202"],
      ]),
    );
    expect(readings).toHaveLength(5);
    expect(readings[0]?.tMs).toBe(at("2025-11-22T15:00:00Z"));
  });
});

describe("times", () => {
  const times = async (rows: readonly string[], options: Record<string, unknown> = {}) =>
    read(`Times,Value (%)\n${rows.map((row, i) => `${row},${i}`).join("\n")}\n`, { options });

  it.each([
    ["5/7/2022 13:15", "2022-05-07T20:15:00Z"],
    ["07.05.2022 13:15:30", "2022-05-07T20:15:30Z"],
    ["5/7/22 1:15 PM MST", "2022-05-07T20:15:00Z"],
    ["02-Mar-22 11:48:41 AM CST", "2022-03-02T18:48:41Z"],
    ["2022-05-07T13:15:00", "2022-05-07T20:15:00Z"],
    ["2022-05-07T13:15:00.250-06:00 America/Denver", undefined],
    ["2022-05-07T13:15:00-06:00", "2022-05-07T19:15:00Z"],
    ["22-Sep-26 09:00:01 AM UTC", "2026-09-22T16:00:01Z"],
  ])("%s", async (written, instant) => {
    const { readings } = await times([written]);
    expect(readings[0]?.tMs).toBe(instant === undefined ? undefined : at(instant));
  });

  it("of the repeated hour are told by their abbreviation, else by their order", async () => {
    const zone = "America/Chicago";
    const told = await times(["06-Nov-22 1:30:00 AM CDT", "06-Nov-22 1:30:00 AM CST", "06-Nov-22 1:10:00 AM CST"], { zone });
    expect(told.readings.map(({ tMs }) => tMs)).toEqual(["06:30", "07:30", "07:10"].map((time) => at(`2022-11-06T${time}:00Z`)));
    const order = await times(["11/6/2022 0:50", "11/6/2022 1:10", "11/6/2022 1:50", "11/6/2022 1:10", "11/6/2022 2:00"], { zone });
    expect(order.readings.map(({ tMs }) => new Date(tMs ?? 0).toISOString().slice(11, 16))).toEqual([
      "05:50",
      "06:10",
      "06:50",
      "07:10",
      "08:00",
    ]);
  });

  it("whose abbreviation the zone never has are read on the zone's clock, and that is said once", async () => {
    const { readings, rejects } = await times(["05-Jul-25 2:00:00 PM EST", "05-Jul-25 2:15:00 PM EST"]);
    expect(readings[0]?.tMs).toBe(at("2025-07-05T21:00:00Z"));
    expect(rejects).toEqual([
      { code: "zone-contradiction", sentence: expect.stringContaining("EST (UTC-05:00), which the clock of America/Phoenix never shows") },
    ]);
    expect((await times(["05-Jul-25 2:00:00 PM CDT", "05-Dec-25 2:00:00 PM CST"], { zone: "America/Chicago" })).rejects).toEqual([]);
  });

  it("that no clock shows are refused with their line, and the others stay", async () => {
    const { codes, readings, rejects } = await times(
      ["13-Mar-22 2:30:00 AM CST", "99-Mar-22 2:30:00 AM CST", "", "13-Mar-22 3:30:00 AM CDT"],
      {
        zone: "America/Chicago",
      },
    );
    expect([codes, readings.length]).toEqual([["no-such-time", "bad-time", "bad-time"], 1]);
    expect(rejects[0]?.sentence).toContain("Line 2:");
  });

  it("in any zone come back as they were, over changes of the clock", async () => {
    const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    const two = (n: number): string => String(n).padStart(2, "0");
    const zones = fc.constantFrom("America/Phoenix", "America/Chicago", "Europe/Berlin", "Australia/Sydney", "America/St_Johns");
    const starts = fc.constantFrom(Date.UTC(2026, 2, 7, 20), Date.UTC(2026, 9, 24, 20), Date.UTC(2026, 9, 31, 20), Date.UTC(2026, 6, 1));
    await fc.assert(
      fc.asyncProperty(zones, starts, fc.integer({ min: 1, max: 300 }), async (id, start, size) => {
        const zone = zoneNamed(id);
        const instants = Array.from({ length: 80 }, (_, i) => start + i * 600_000);
        const rows = instants.map((tMs) => {
          const { year, month, day, hour, minute, second } = civilOf(zone.localOf(tMs));
          const half = hour < 12 ? "AM" : "PM";
          return `${two(day)}-${months[month - 1]}-${two(year % 100)} ${hour % 12 === 0 ? 12 : hour % 12}:${two(minute)}:${two(second)} ${half},1.5`;
        });
        const { readings, rejects } = await read(`Timestamp,Value (°F)\n${rows.join("\n")}\n`, { options: { zone: id }, size });
        expect(rejects).toEqual([]);
        expect(readings.map(({ tMs }) => tMs)).toEqual(instants);
      }),
      { numRuns: 40 },
    );
  });
});

describe("numbers", () => {
  const values = async (heads: string, cells: readonly string[]) =>
    read(`${heads}\n${cells.map((cell, i) => `05-Nov-25 2:0${i}:00 PM MST${cell}`).join("\n")}\n`);

  it("may have a decimal comma where that is beyond doubt", async () => {
    expect((await values("Timestamp;Value (°C)", [";21,5", ";1.021,5"])).values).toEqual([21.5, 1021.5]);
    expect((await values("Timestamp,Value (°C)", [',"21,5"', ",21,5", ',"1,021.5"', ',"12,345,678"'])).values).toEqual([
      21.5, 21.5, 1021.5, 12_345_678,
    ]);
    const { codes, rejects } = await values("Timestamp,Value (cfm)", [',"1,021"']);
    expect(codes).toEqual(["ambiguous-number"]);
    expect(rejects[0]?.sentence).toContain("may be thousands or decimals");
  });

  it("of another unit than the heads say keep their own", async () => {
    expect((await values("Timestamp,Value (°F)", [",72 °F", ",22 °C"])).readings.map(({ unit }) => unit)).toEqual(["°F", "°C"]);
  });

  it("too large for a number are refused", async () => {
    expect((await values("Timestamp,Value (°F)", [`,1e999`, ",inf"])).codes).toEqual(["not-finite", "not-finite"]);
  });
});

describe("what is no export", () => {
  it.each([
    ["", "empty-file"],
    ["<html><body>Sign in</body></html>", "no-heads"],
    [`${"a,b,c\n".repeat(100)}`, "no-heads"],
    [`${"x".repeat(70_000)}`, "line-too-long"],
  ])("is refused once: %.20s", async (text, code) => {
    const { codes, readings } = await read(text);
    expect([codes, readings]).toEqual([[code], []]);
  });

  it("with thousands of bad rows is told in a hundred and one", async () => {
    const { codes } = await read(`Timestamp,Value (°F)\n${"soon,1\n".repeat(5_000)}`);
    expect([codes.length, codes.at(-1)]).toEqual([101, "more-rows"]);
  });

  it("in another encoding is read by its beginning", async () => {
    const text = "Timestamp,Value (°F)\n05-Nov-25 2:00:00 PM MST,1\n";
    const windows = Uint8Array.from(text, (letter) => letter.charCodeAt(0));
    const wide = new Uint8Array(Buffer.from(`\ufeff${text}`, "utf16le"));
    for (const bytes of [windows, wide]) expect((await read(bytes)).readings[0]).toMatchObject({ unit: "°F", value: 1 });
  });
});

const FOLDER = process.env["WATTKEEP_REAL_DATA"];
if (!FOLDER) console.info("The check against real exports is skipped: WATTKEEP_REAL_DATA names no folder.");

describe.skipIf(!FOLDER)("real exports", () => {
  const folder = join(FOLDER ?? "", "seeds/niagara");
  it.each([
    ["Fpb3$2d01$20Effective$20Setpoint.csv", 3802, 60, 80],
    ["Fpb3$2d01$20Effective$20Space$20Temp.csv", 2559, 63.29, 90.3],
  ])("%s", async (name, rows, least, most) => {
    const { readings, rejects, values } = await read(new Uint8Array(readFileSync(join(folder, name))), { name });
    const numbers = values.map(Number);
    // Rows of one second are one reading, the later one.
    expect([readings.length <= rows && readings.length >= rows - 5, rejects]).toEqual([true, []]);
    expect([Math.min(...numbers), Math.max(...numbers)]).toEqual([least, most]);
    const days = readings.map(({ tMs }) => new Date((tMs ?? 0) - 7 * 3_600_000).toISOString().slice(0, 10));
    expect([days[0], days.at(-1)?.slice(0, 8)]).toEqual(["2025-11-05", "2025-11-"]);
  });

  it("Fpb3$2d01$20Fan$20Enable$20Output.csv", async () => {
    const name = "Fpb3$2d01$20Fan$20Enable$20Output.csv";
    const { values, rejects } = await read(new Uint8Array(readFileSync(join(folder, name))), { name });
    expect([values.length, new Set(values), rejects]).toEqual([34, new Set(["On", "Off"]), []]);
  });

  it("of many kinds are read without a bad row", async () => {
    const trends = join(FOLDER ?? "", "buildings/vav_real_trends");
    for (const name of existsSync(trends) ? readdirSync(trends).filter((one) => one.endsWith(".csv")) : []) {
      const { readings, rejects } = await read(new Uint8Array(readFileSync(join(trends, name))), {
        name,
        options: { zone: "America/Chicago" },
      });
      expect([name, rejects, readings.length > 0]).toEqual([name, [], true]);
    }
  });
});
