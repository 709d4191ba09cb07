import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** A real series with gaps, and what was in them. */
export interface GapSeries {
  readonly name: string;
  /** Edges of the cells: one more than values. */
  readonly edgesMs: Float64Array;
  /** NaN in gaps. */
  readonly known: Float64Array;
  /** NaN where not even the publisher knows. */
  readonly truth: Float64Array;
  /** Cells after which the series repeats itself as a rule. */
  readonly period: number;
  readonly published?: Readonly<Record<string, { readonly rmse: number; readonly mae: number }>>;
}

/** First and end of a run of cells that are not known. */
export interface Gap {
  readonly from: number;
  readonly to: number;
}

const MINUTE_MS = 60_000;
/** Gaps we make in a series that has none, in minutes: a quarter of an hour to a night, one after another. */
const MADE = [15, 60, 180, 600];

/** Series that are there below a folder, and a sentence for each that is not. */
export function gapSeries(root: string): { series: GapSeries[]; skipped: string[] } {
  const folder = join(root, "timeseries");
  const makers = ["airgap_monthly", "nh4_10min", "heating_1min_A"].map((name) => ({
    path: join(folder, "imputets", `${name}_with_gaps.csv`),
    make: () => publishedSeries(join(folder, "imputets"), name),
  }));
  const household = join(folder, "uci_household", "household_power_consumption_13days_1min.csv");
  makers.push({ path: household, make: () => householdSeries(household) });
  const series = makers.filter(({ path }) => existsSync(path)).map(({ make }) => make());
  return {
    series: series.flatMap((one) => (one.name === "airgap_monthly" ? [one, rarelyRead(one)] : [one])),
    skipped: makers.filter(({ path }) => !existsSync(path)).map(({ path }) => `Skipped: there is no ${path}.`),
  };
}

/** Gaps that have a known neighbour on both sides and whose truth is known. */
export function gapsOf({ known, truth }: GapSeries): Gap[] {
  const gaps: Gap[] = [];
  for (let i = 0; i < known.length; i += 1) {
    if (!Number.isNaN(known[i] as number)) continue;
    const from = i;
    while (i < known.length && Number.isNaN(known[i] as number)) i += 1;
    const isTold = truth.subarray(from, i).every((value) => !Number.isNaN(value));
    if (from > 0 && i < known.length && isTold) gaps.push({ from, to: i });
  }
  return gaps;
}

function publishedSeries(folder: string, name: string): GapSeries {
  const gapped = rowsOf(join(folder, `${name}_with_gaps.csv`));
  const truth = rowsOf(join(folder, `${name}_truth.csv`));
  const told = JSON.parse(readFileSync(join(folder, "baselines_derived.json"), "utf8")).series[name];
  const startMs = gapped.map(([time]) => Date.parse(`${time.length === 10 ? `${time}T00:00:00` : time}Z`));
  const [last, before] = [startMs.at(-1) as number, startMs.at(-2) as number];
  return {
    name,
    edgesMs: Float64Array.from([...startMs, last + (last - before)]),
    known: Float64Array.from(gapped, ([, value]) => numberOf(value)),
    truth: Float64Array.from(truth, ([, value]) => numberOf(value)),
    period: told.period_samples,
    published: told.baselines,
  };
}

/** The same series, read only around June and December in its last third: what a meter is that nobody reads monthly any more. */
function rarelyRead(series: GapSeries): GapSeries {
  const known = series.truth.map((value, i) => {
    const month = new Date(series.edgesMs[i] as number).getUTCMonth();
    return i < (2 * series.truth.length) / 3 || month === 5 || month === 11 ? value : Number.NaN;
  });
  return { name: "airgap, last third half-yearly", edgesMs: series.edgesMs, known, truth: series.truth, period: series.period };
}

function householdSeries(path: string): GapSeries {
  const rows = readFileSync(path, "utf8")
    .trim()
    .split("\n")
    .slice(1)
    .map((line) => line.split(","));
  const truth = Float64Array.from(rows, (row) => numberOf(row[1]));
  const [day, month, year, hour, minute] = (rows[0]?.[0] ?? "").split(/[ /:]/).map(Number) as [number, number, number, number, number];
  const beginMs = Date.UTC(year, month - 1, day, hour, minute);
  const edgesMs = Float64Array.from({ length: truth.length + 1 }, (_, i) => beginMs + i * MINUTE_MS);
  const known = Float64Array.from(truth);
  let at = 600;
  for (let k = 0; at + 700 < known.length; k += 1) {
    const length = MADE[k % MADE.length] as number;
    known.fill(Number.NaN, at, at + length);
    at += length + 900 + 137 * (k % 5);
  }
  return { name: "uci_household", edgesMs, known, truth, period: 1440 };
}

function rowsOf(path: string): [string, string][] {
  return readFileSync(path, "utf8")
    .trim()
    .split("\n")
    .slice(1)
    .map((line) => {
      const [time = "", value = ""] = line.split(",");
      return [time, value.trim()];
    });
}

function numberOf(text: string | undefined): number {
  return text === undefined || text.trim() === "" ? Number.NaN : Number(text);
}
