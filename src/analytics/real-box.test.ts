import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { nearestIndex } from "#series/nearest.ts";
import type { EquipmentRows, FaultInput } from "./equipment-rows.ts";
import { zoneFaults } from "./find-faults.ts";
import { laterFigures, seedFigures } from "./health-figures.ts";
import { sensorFaults } from "./sensor-faults.ts";

// A month of a real box is not ours to ship. Whoever has the folder names it in WATTKEEP_REAL_DATA.
const FOLDER = process.env["WATTKEEP_REAL_DATA"];
const TRENDS = join(FOLDER ?? "", "buildings", "vav_real_trends");
const SKIPPED = !FOLDER ? "WATTKEEP_REAL_DATA names no folder" : existsSync(TRENDS) ? "" : `there is no ${TRENDS}`;
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const MINUTE_MS = 60_000;

/** Its clock as if it stood in UTC: both ways of writing agree on the wall. */
function wallMs(text: string): number {
  const named = /^(\d+)-(\w+)-(\d+) (\d+):(\d+):(\d+) (AM|PM)/.exec(text);
  if (named !== null) {
    const [, day, month, year, hour, minute, second, half] = named as unknown as string[];
    const hours = (Number(hour) % 12) + (half === "PM" ? 12 : 0);
    return Date.UTC(2_000 + Number(year), MONTHS.indexOf(month as string), Number(day), hours, Number(minute), Number(second));
  }
  const [date = "", time = ""] = text.split(" ");
  const [month, day, year] = date.split("/").map(Number) as [number, number, number];
  const [hour, minute] = time.split(":").map(Number) as [number, number];
  return Date.UTC(year, month - 1, day, hour, minute);
}

interface Samples {
  readonly tMs: Float64Array;
  readonly value: Float64Array;
}

function samplesOf(name: string): Samples {
  const lines = readFileSync(join(TRENDS, `${name}.csv`), "utf8")
    .trim()
    .split(/\r?\n/)
    .slice(1);
  const rows = lines
    .map((line) => line.split(",") as [string, string])
    .map(([time, text]) => [wallMs(time), numberOf(text.trim())] as const);
  const inOrder = rows.filter(([tMs]) => !Number.isNaN(tMs)).sort((a, b) => a[0] - b[0]);
  return { tMs: Float64Array.from(inOrder, ([tMs]) => tMs), value: Float64Array.from(inOrder, ([, value]) => value) };
}

function numberOf(text: string): number {
  return text === "Occ" ? 1 : text === "Unocc" ? 0 : Number(text);
}

function rowsOfBox(): EquipmentRows {
  const lead = samplesOf("VAV-10_ZN-T");
  const near = ({ tMs, value }: Samples): Float64Array =>
    Float64Array.from(nearestIndex(lead.tMs, tMs, { toleranceMs: 2.5 * MINUTE_MS }), (at) => value[at] ?? Number.NaN);
  const held = ({ tMs, value }: Samples): Float64Array => {
    const before = nearestIndex(lead.tMs, tMs, { toleranceMs: Infinity, direction: "backward" });
    return Float64Array.from(before, (at) => value[at] ?? Number.NaN);
  };
  const columns = new Map<FaultInput, Float64Array>([
    ["space-temp", lead.value],
    ["heating-setpoint", lead.value.map(() => 71.5)],
    ["cooling-setpoint", lead.value.map(() => 75.5)],
    ["flow", near(samplesOf("VAV-10-SUPFLOW"))],
    ["flow-setpoint", near(samplesOf("VAV-10-SUPFLOSP"))],
    ["damper-position", near(samplesOf("VAV-10_DPR-O"))],
    ["reheat", near(samplesOf("VAV-10_HTG-O"))],
    ["occupied", held(samplesOf("VAV-10-0CC-O"))],
  ]);
  const weightMs = new Float64Array(lead.tMs.length).fill(5 * MINUTE_MS);
  return { tMs: lead.tMs, weightMs, columns, temperatureUnit: "°F", flowUnit: "cfm" };
}

describe.skipIf(SKIPPED !== "")(`a month of a real box (${SKIPPED === "" ? TRENDS : `skipped: ${SKIPPED}`})`, () => {
  it("that was near its airflow all the time has no finding, by its occupancy and without it", () => {
    const rows = rowsOfBox();
    expect(rows.tMs).toHaveLength(8_640);
    expect(zoneFaults(rows)).toEqual([]);
    const always = new Map([...rows.columns].filter(([input]) => input !== "occupied"));
    expect(zoneFaults({ ...rows, columns: always })).toEqual([]);
  });

  it("has next to nothing against its dampers in either variant of health, and no word on reheat that was never on", () => {
    for (const figures of [seedFigures(rowsOfBox()), laterFigures(rowsOfBox())]) {
      expect(figures.damperStuckPct).toBeLessThan(0.5);
      expect(figures.damperLeakPct).toBeLessThan(0.02);
      expect(figures.reheatWastePct).toBeNaN();
    }
  });

  it("has a discharge air sensor that says nothing but -250 and is told as that", () => {
    const samples = samplesOf("VAV-10-DA-T");
    const atMs = samples.tMs.at(-1) as number;
    const about = { kind: "air-temperature", unit: "°F", changeOfValue: false, usualMs: 5 * MINUTE_MS, atMs, stationMs: atMs } as const;
    const found = sensorFaults({ ...samples, ...about }, { sentinels: [-250], flatMs: 86_400_000 });
    expect(found).toMatchObject([{ rule: "sentinel", severity: "critical", sharePct: 100, sinceMs: samples.tMs[0] }]);
  });
});
