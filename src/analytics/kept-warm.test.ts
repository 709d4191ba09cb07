import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { MINUTE_MS } from "#calendar/civil.ts";
import type { EquipmentRows, FaultInput } from "./equipment-rows.ts";
import { FaultBench } from "./fault-bench.ts";
import { keptWarm } from "./fault-zone.ts";
import { zoneFaults } from "./find-faults.ts";
import { medianSpacing } from "./median-spacing.ts";

/** Rows as they were sent: the store puts them in order and keeps one of an instant, the last. */
function rowsOf(sent: readonly (readonly [tMs: number, temp: number, occupied: number])[]): EquipmentRows {
  const byInstant = new Map(sent.map((row) => [row[0], row]));
  const rows = [...byInstant.values()].sort((a, b) => a[0] - b[0]);
  const tMs = Float64Array.from(rows, ([at]) => at);
  const usual = medianSpacing(tMs) || 5 * MINUTE_MS;
  const weightMs = tMs.map((at, i) => Math.min((tMs[i + 1] ?? at + usual) - at, 2 * usual));
  const columns = new Map<FaultInput, Float64Array>([
    ["space-temp", Float64Array.from(rows, ([, temp]) => temp)],
    ["occupied", Float64Array.from(rows, ([, , occupied]) => occupied)],
  ]);
  return { tMs, weightMs, columns, temperatureUnit: "°F", flowUnit: "cfm" };
}
const alone = { byTemperatureAlone: true };
const isKeptWarm = (rows: EquipmentRows): boolean => keptWarm(new FaultBench(rows), alone) !== undefined;

const AT = Date.UTC(2026, 0, 5, 12);
const polled = (temp: number, occupied: (i: number) => number, count = 24) =>
  Array.from({ length: count }, (_, i) => [AT + i * 5 * MINUTE_MS, temp, occupied(i)] as const);
const never = () => 0;

describe("a zone kept warm while nobody is there", () => {
  it("is one above 68 °F, and none at it or below", () => {
    expect(isKeptWarm(rowsOf(polled(74, never)))).toBe(true);
    expect(isKeptWarm(rowsOf(polled(68, never)))).toBe(false);
    expect(isKeptWarm(rowsOf(polled(62, never)))).toBe(false);
    const celsius = rowsOf(polled(23.3, never));
    expect(isKeptWarm({ ...celsius, temperatureUnit: "°C" })).toBe(true);
    expect(isKeptWarm({ ...rowsOf(polled(20, never)), temperatureUnit: "°C" })).toBe(false);
  });

  it("is none while somebody is there, before they come and in the hour after they left", () => {
    expect(isKeptWarm(rowsOf(polled(74, () => 1)))).toBe(false);
    expect(isKeptWarm(rowsOf(polled(74, (i) => Number(i === 23))))).toBe(false);
    expect(isKeptWarm(rowsOf(polled(74, (i) => Number(i < 12), 24)))).toBe(false);
    expect(isKeptWarm(rowsOf(polled(74, (i) => Number(i < 2), 24)))).toBe(true);
  });

  it("is found around gaps, with samples at odd distances, sent twice and out of order", () => {
    const fine = polled(72, never);
    expect(isKeptWarm(rowsOf(fine.filter((_, i) => i < 8 || i > 15)))).toBe(true);
    expect(isKeptWarm(rowsOf(fine.map(([at, ...rest], i) => [at + (i % 3) * 50_000, ...rest] as const)))).toBe(true);
    expect(isKeptWarm(rowsOf([...fine.slice(0, 5), ...fine.slice(3)]))).toBe(true);
    expect(isKeptWarm(rowsOf([...fine].reverse()))).toBe(true);
  });

  it("is nothing that can be told without a temperature", () => {
    expect(isKeptWarm(rowsOf(polled(Number.NaN, never)))).toBe(false);
  });

  it("needs heat to be known where it is a finding of ours: a summer's day warms a zone as well", () => {
    const rows = rowsOf(polled(78, never));
    expect(keptWarm(new FaultBench(rows))).toBeUndefined();
    const heated = { ...rows, columns: new Map([...rows.columns, ["reheat", new Float64Array(24).fill(60)] as const]) };
    expect(keptWarm(new FaultBench(heated))).toMatchObject({ severity: "warning", sentence: "Kept at 78 °F while nobody is there" });
  });
});

// Labelled cases of others are not ours to ship. Whoever has the folder names it in WATTKEEP_REAL_DATA.
const FOLDER = process.env["WATTKEEP_REAL_DATA"];
const CASES = join(FOLDER ?? "", "buildings", "fdd_golden", "VAV-2");
const SKIPPED = !FOLDER ? "WATTKEEP_REAL_DATA names no folder" : existsSync(CASES) ? "" : `there is no ${CASES}`;

describe.skipIf(SKIPPED !== "")(`labelled cases of empty zones (${SKIPPED === "" ? CASES : `skipped: ${SKIPPED}`})`, () => {
  const names = SKIPPED === "" ? readdirSync(CASES) : [];
  it.each(names)("%s is judged as it is labelled", (name) => {
    const expected = JSON.parse(readFileSync(join(CASES, name, "expected.json"), "utf8")) as { any_fault: boolean };
    const [head = "", ...lines] = readFileSync(join(CASES, name, "history_wide.csv"), "utf8")
      .trim()
      .split(/\r?\n/);
    const [time, temp, occupied] = ["timestamp_utc", "zone_t", "occ_mode"].map((column) => head.split(",").indexOf(column)) as [
      number,
      number,
      number,
    ];
    const rows = lines.map((line) => {
      const cells = line.split(",");
      return [Date.parse(cells[time] as string), Number(cells[temp] ?? Number.NaN), Number(cells[occupied] === "occupied")] as const;
    });
    expect(isKeptWarm(rowsOf(rows))).toBe(expected.any_fault);
  });

  it("nothing is said of a zone of which only the supply air is known", () => {
    const file = join(FOLDER ?? "", "buildings", "fdd_golden", "VAV-1", "missing_required_role", "history_wide.csv");
    const supply = Float64Array.from(readFileSync(file, "utf8").trim().split(/\r?\n/).slice(1), (line) => Number(line.split(",")[1]));
    const tMs = supply.map((_, i) => AT + i * 5 * MINUTE_MS);
    const columns = new Map<FaultInput, Float64Array>([["air-handler-supply-temp", supply]]);
    const weightMs = supply.map(() => 5 * MINUTE_MS);
    expect(zoneFaults({ tMs, weightMs, columns, temperatureUnit: "°F", flowUnit: "cfm" })).toEqual([]);
  });
});
