import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { MINUTE_MS } from "#calendar/civil.ts";
import { type Zone, zoneNamed } from "#calendar/zone.ts";
import { valuesAt } from "#series/carried.ts";
import { isChangeOfValue } from "#series/change-of-value.ts";
import type { Column } from "#series/column.ts";
import { nearestIndex } from "#series/nearest.ts";
import { pairingOf } from "#series/pairing.ts";
import { stationSilences } from "#series/silence.ts";
import { airflowOf, flowTolerance } from "./airflow.ts";
import { cleanColumn } from "./clean-column.ts";
import { type Comfort, comfortOf } from "./comfort.ts";
import { occupancyMeaning, occupancyOfPoint } from "./occupancy-point.ts";
import { occupiedTimes } from "./occupied-hours.ts";
import { onSpans } from "./on-spans.ts";
import { sampleRulesOf } from "./sample-rules.ts";
import { seedComfort } from "./seed-comfort.ts";
import { seedFlowTracking } from "./seed-flow-tracking.ts";
import { standingMs } from "./standing.ts";
import { lengthMs } from "./time-spans.ts";

// Exports of real stations are not ours to ship. Whoever has the folder names it in WATTKEEP_REAL_DATA.
const FOLDER = process.env["WATTKEEP_REAL_DATA"];
const WHY = FOLDER ? `in ${FOLDER}` : "skipped: WATTKEEP_REAL_DATA names no folder";
if (!FOLDER) console.info(`The check against real buildings is ${WHY}.`);

const HOUR = 60 * MINUTE_MS;
const OFFICE = { fromMinute: 7 * 60, toMinute: 18 * 60 };
const RULES = { sentinels: [-250], flatMs: 24 * HOUR };

describe.skipIf(!FOLDER)(`real buildings (${WHY})`, () => {
  it("give the figures of the older system's sample file", () => {
    const file = textOf("seeds/niagara/ams_office_trends.csv");
    const column = (zone: string, cell: number): Column =>
      columnOf(
        file
          .map((line) => line.split(","))
          .filter(([, equip]) => equip === zone)
          .map((cells) => [Date.parse(`${cells[0]}Z`), Number(cells[cell])] as const),
      );
    const comfort = (zone: string) => seedComfort(column(zone, 2), column(zone, 3), { ...OFFICE, band: 2, offsetAt: () => 0 });
    expect(comfort("Zone-101")).toEqual({ samples: 4, withinPct: 100, meanError: 0.5 });
    expect(comfort("Zone-102")).toEqual({ samples: 4, withinPct: 75, meanError: 0.75 });
  });

  it("VAV-10 follows its airflow as pandas reckons it", () => {
    const chicago = zoneNamed("America/Chicago");
    const [flow, setpoint] = [exported("VAV-10-SUPFLOW.csv", chicago), exported("VAV-10-SUPFLOSP.csv", chicago)];
    const later = (seconds: number): Column => ({ ...setpoint, tMs: setpoint.tMs.map((t) => t + seconds * 1_000) });
    const expected = JSON.parse(readFileSync(join(FOLDER ?? "", "buildings/vav_real_trends/expected_flow_tracking.json"), "utf8")) as {
      cases: Record<
        string,
        Record<
          string,
          { samples: number; within_band_pct: number | null; mean_error_cfm: number | null; mean_abs_error_pct: number | null }
        >
      >;
    };
    const tracked = {
      tol30s_pct10: seedFlowTracking(flow, setpoint, { percent: 10 }),
      tol30s_pct10_abs50cfm: seedFlowTracking(flow, setpoint, { percent: 10, absolute: 50 }),
      tol30s_pct5: seedFlowTracking(flow, setpoint, { percent: 5 }),
      shift_sp_20s_tol30s: seedFlowTracking(flow, later(20), { percent: 10 }),
      shift_sp_40s_tol30s: seedFlowTracking(flow, later(40), { percent: 10 }),
    };
    for (const [name, answer] of Object.entries(tracked)) {
      const wanted = expected.cases["VAV-10"]?.[name];
      expect([name, answer.samples, rounded(answer.withinPct), rounded(answer.meanError), rounded(answer.meanErrorPct)]).toEqual([
        name,
        wanted?.samples,
        wanted?.within_band_pct ?? Number.NaN,
        wanted?.mean_error_cfm ?? Number.NaN,
        wanted?.mean_abs_error_pct ?? Number.NaN,
      ]);
    }
    const pairing = pairingOf(flow, setpoint, { toleranceMs: 30_000 });
    const rows = { tMs: flow.tMs, flow: flow.value, setpoint: valuesAt(pairing.index, setpoint.value) };
    const within = [rangeOf(flow)];
    const tolerance = flowTolerance({ percent: 10, absoluteCfm: 50 }, "cfm");
    const ours = airflowOf(rows, { tolerance, unit: "cfm", within });
    expect(pairing.how).toBe("nearest");
    expect(rounded(ours.withinPct)).toBe(99.583333);
    const most = setpoint.value.reduce((a, b) => Math.max(a, b));
    const byBox = airflowOf(rows, {
      tolerance: flowTolerance({ percent: 10, absoluteCfm: 50 }, "cfm", { maxFlow: most }),
      unit: "cfm",
      within,
    });
    console.info(
      `VAV-10 airflow: ${ours.samples} samples by nearness (${pairing.because}), ${pct(ours.withinPct)} within max(10 %, 50 cfm), ${pct(tracked.tol30s_pct10.withinPct)} within 10 % alone, ${pct(byBox.withinPct)} within max(10 %, ${byBox.tolerance.absolute} cfm = 5 % of its largest setpoint ${most}).`,
    );
  });

  it("VAV-10 is comfortable between 71.5 and 75.5 °F", () => {
    const chicago = zoneNamed("America/Chicago");
    const temperature = exported("VAV-10_ZN-T.csv", chicago);
    const constant = (value: number) => new Float64Array(temperature.tMs.length).fill(value);
    const range = rangeOf(temperature);
    const hours = { ...OFFICE, weekdays: [1, 2, 3, 4, 5], warmUpMinutes: 60 };
    const byHours = occupiedTimes(hours, range, { zone: chicago });
    const occ = exported("VAV-10-0CC-O.csv", chicago);
    const point = occupancyOfPoint(occ, range, { meaningOf: (v) => (v === 1 ? "occupied" : "unoccupied"), standsMs: Infinity });
    const judge = (occupied: typeof byHours.occupied): Comfort =>
      comfortOf(
        { tMs: temperature.tMs, temperature: cleanOf(temperature, "space-temp").value, heating: constant(71.5), cooling: constant(75.5) },
        { occupied, band: 2, standsMs: standingMs(isChangeOfValue(temperature)), unit: "°F" },
      );
    const comfort = judge(byHours.occupied);
    console.info(`VAV-10 comfort, 71.5 and 75.5 ± 2 °F, Monday to Friday 7 to 18 in Chicago: ${told(comfort)}`);
    console.info(
      `VAV-10 occupied by its own point: ${(lengthMs(point.occupied) / HOUR).toFixed(1)} h of ${(lengthMs(point.known) / HOUR).toFixed(1)} h known; ${told(judge(point.occupied))}`,
    );
    expect(comfort.by).toBe("two-setpoints");
    expect(comfort.samples).toBeGreaterThan(2_500);
    expect(comfort.withinPct).toBeCloseTo(comfort.withinTimePct, 1);
    const setpoints = ["VAV-10-ACTHTGSP.csv", "VAV-10-ACTCLGSP.csv"].map((name) =>
      pairingOf(temperature, exported(name, chicago), { toleranceMs: 30_000 }),
    );
    for (const { how, because, unpaired } of setpoints)
      console.info(`VAV-10 setpoint: ${how}, ${unpaired} of ${temperature.tMs.length} unpaired. ${because}`);
  });

  it("VAV-10 has a discharge sensor that says -250 on every row and is left out whole", () => {
    const column = exported("VAV-10-DA-T.csv", zoneNamed("America/Chicago"));
    const { excluded } = cleanColumn(column, sampleRulesOf("discharge-air-temp", "°F", RULES));
    expect(excluded).toEqual([
      { reason: "sentinel", samples: 4_320, sentence: "4320 samples say -250 °F, which means that there is no value." },
    ]);
  });

  it("FPB 3-01 is judged by what its setpoint still says, not by the few samples beside it", () => {
    const phoenix = zoneNamed("America/Phoenix");
    const file = (name: string): Column => columnOf(readExport(textOf(`seeds/niagara/Fpb3$2d01$20${name}.csv`), phoenix));
    const [raw, setpoint, fan] = [file("Effective$20Space$20Temp"), file("Effective$20Setpoint"), file("Fan$20Enable$20Output")];
    expect([raw.tMs.length, setpoint.tMs.length, fan.tMs.length]).toEqual([2_559, 3_802, 34]);
    const clean = cleanColumn(raw, sampleRulesOf("space-temp", "°F", RULES));
    const temperature = clean.column;
    const silences = stationSilences([raw, setpoint, fan], 2 * HOUR);
    const pairing = pairingOf(temperature, setpoint, { toleranceMs: 30_000, silences });
    const near = nearestIndex(temperature.tMs, setpoint.tMs, { toleranceMs: 30_000 });
    const dropped = near.filter((row) => row < 0).length;
    expect(pairing.how).toBe("carried");
    expect(isChangeOfValue(temperature, { silences }).changeOfValue).toBe(false);
    expect(isChangeOfValue(fan, { silences }).changeOfValue).toBe(true);
    expect(dropped / near.length).toBeGreaterThan(0.9);
    expect(pairing.unpaired).toBeLessThan(10);

    const range = rangeOf(raw);
    const every = { ...OFFICE, weekdays: [1, 2, 3, 4, 5, 6, 7], warmUpMinutes: 60 };
    const workdays = { ...every, weekdays: [1, 2, 3, 4, 5] };
    const judge = (index: Int32Array, hours: typeof every, zone: Zone): Comfort => {
      const { occupied, warmUp } = occupiedTimes(hours, range, { zone });
      const rows = { tMs: temperature.tMs, temperature: temperature.value, setpoint: valuesAt(index, setpoint.value) };
      return comfortOf(rows, {
        occupied,
        warmUp,
        band: 2,
        silences,
        standsMs: standingMs(isChangeOfValue(temperature, { silences })),
        unit: "°F",
      });
    };
    const utc = zoneNamed("UTC");
    const seed = (zone: Zone) => seedComfort(raw, setpoint, { ...OFFICE, band: 2, offsetAt: (t) => zone.offsetAt(t) });
    const seedLine = ({ samples, withinPct, meanError }: ReturnType<typeof seed>) =>
      `${samples} samples, ${pct(withinPct)} within, mean ${meanError.toFixed(2)} °F`;
    const ran = onSpans(fan, range, { is: (v) => v === 1, standsMs: Infinity, silences });
    console.info(
      [
        `FPB 3-01, ${raw.tMs.length} temperatures, ${setpoint.tMs.length} setpoints; ${silences.length} silences of the station above 2 h.`,
        `  temperature: ${isChangeOfValue(temperature, { silences }).because}`,
        `  setpoint: ${pairing.because}`,
        `  fan: ${isChangeOfValue(fan, { silences }).because} On for ${(lengthMs(ran.on) / HOUR).toFixed(1)} h of ${(lengthMs(ran.known) / HOUR).toFixed(1)} h.`,
        `  nearest within 30 s drops ${dropped} of ${near.length} (${pct((100 * dropped) / near.length)}), carried forward ${pairing.unpaired}; left out: ${clean.excluded.map(({ sentence }) => sentence).join(" ") || "none."}`,
        `  as the older system, 7 to 18 by UTC: ${seedLine(seed(utc))}`,
        `  as the older system, 7 to 18 in Phoenix: ${seedLine(seed(phoenix))}`,
        `  nearest, every day 7 to 18 in Phoenix: ${told(judge(near, every, phoenix))}`,
        `  carried, every day 7 to 18 by UTC: ${told(judge(pairing.index, every, utc))}`,
        `  carried, every day 7 to 18 in Phoenix: ${told(judge(pairing.index, every, phoenix))}`,
        `  carried, Monday to Friday 7 to 18 in Phoenix: ${told(judge(pairing.index, workdays, phoenix))}`,
      ].join("\n"),
    );
    expect([dropped, pairing.unpaired]).toEqual([2_367, 0]);
    expect(figures(seed(utc))).toEqual([189, 31.2]);
    expect(figures(seed(phoenix))).toEqual([4, 50]);
    expect(figures(judge(pairing.index, every, phoenix))).toEqual([1_156, 60.2]);
    expect(figures(judge(pairing.index, workdays, phoenix))).toEqual([814, 83.3]);
    expect(judge(pairing.index, every, phoenix).samples).toBeGreaterThan(10 * judge(near, every, phoenix).samples);
  });
});

function told({ samples, withinPct, withinTimePct, meanError, judgedMs, tooWarmMs, tooColdMs, notJudged }: Comfort): string {
  const rest = notJudged.map(({ why, ms }) => `${why} ${(ms / HOUR).toFixed(1)} h`).join(", ");
  return `${samples} samples, ${pct(withinPct)} of samples and ${pct(withinTimePct)} of ${(judgedMs / HOUR).toFixed(1)} h within, mean ${meanError.toFixed(2)} °F, too warm ${(tooWarmMs / HOUR).toFixed(1)} h, too cold ${(tooColdMs / HOUR).toFixed(1)} h; not judged: ${rest || "nothing"}.`;
}

function figures({ samples, withinPct }: { readonly samples: number; readonly withinPct: number }): number[] {
  return [samples, Math.round(10 * withinPct) / 10];
}

function pct(n: number): string {
  return `${n.toFixed(1)} %`;
}

function rounded(n: number): number {
  return Math.round(1e6 * n) / 1e6;
}

function cleanOf(column: Column, role: string): Column {
  return cleanColumn(column, sampleRulesOf(role, "°F", RULES)).column;
}

function rangeOf({ tMs }: Column) {
  return { fromMs: tMs[0] as number, toMs: (tMs[tMs.length - 1] as number) + 1 };
}

function exported(name: string, zone: Zone): Column {
  return columnOf(readExport(textOf(`buildings/vav_real_trends/${name}`), zone));
}

/** Lines behind the header. */
function textOf(path: string): string[] {
  const text = readFileSync(join(FOLDER ?? "", path), "utf8");
  return text
    .split(/\r?\n/)
    .slice(1)
    .filter((line) => line.includes(","));
}

/** `05-Nov-25 2:19:58 PM MST,74.50` and `5/7/2022 13:15,72.8` as the clock of the place; On and Occ are 1. */
function readExport(lines: readonly string[], zone: Zone): (readonly [number, number])[] {
  return lines.map((line) => {
    const [time = "", cell = ""] = line.split(",");
    const localMs = clockOf(time);
    const word = occupancyMeaning(cell);
    return [zone.instantOf(localMs, "earlier"), word === undefined || /^[\d.]+$/.test(cell) ? Number(cell) : word === "occupied" ? 1 : 0];
  });
}

const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

function clockOf(time: string): number {
  const [, month, day, year, hour, minute] = /^(\d+)\/(\d+)\/(\d{4}) (\d+):(\d+)$/.exec(time) ?? [];
  if (month !== undefined) return Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute));
  const named = /^(\d+)-(\w{3})-(\d{2}) (\d+):(\d+):(\d+) ([AP])M/.exec(time) ?? [];
  const [date, years, hours, minutes, seconds] = [1, 3, 4, 5, 6].map((part) => Number(named[part])) as [
    number,
    number,
    number,
    number,
    number,
  ];
  const monthOfYear = MONTHS.indexOf((named[2] ?? "").toLowerCase());
  return Date.UTC(2_000 + years, monthOfYear, date, (hours % 12) + (named[7] === "P" ? 12 : 0), minutes, seconds);
}

/** Ascending, the last of several at one instant. */
function columnOf(rows: readonly (readonly [number, number])[]): Column {
  const kept = [...new Map(rows)].sort(([a], [b]) => a - b);
  return {
    tMs: Float64Array.from(kept, ([t]) => t),
    value: Float64Array.from(kept, ([, v]) => v),
    quality: new Uint16Array(kept.length),
  };
}
