import type { Pace } from "#analytics/meter-consumption.ts";
import type { MeterIndex } from "#analytics/meter-index.ts";
import { evenPace, monthlyPace } from "#analytics/meter-pace.ts";
import { BERLIN, type Draw, daysOf, drawing, HEATED_PERCENT, heatedHouse, ORDINARY, readDaily } from "#analytics/meter-world.ts";
import { simpleSpans } from "#analytics/simple-spans.ts";
import { unusualSpans } from "#analytics/unusual-spans.ts";
import { markdown } from "./markdown.ts";

const METERS = 100;
const YEARS = 4;
const DAYS = Math.round(365.25 * YEARS);
const FIRST = "2022-01-01";
/** Days that are made larger begin behind the first year. */
const SETTLED = 370;

export interface Kind {
  readonly name: string;
  readonly pace: Pace;
  readonly days: (draw: Draw) => (day: number) => number;
}

export const KINDS: readonly Kind[] = [
  ...Object.entries(ORDINARY).map(([name, ordinary]) => ({
    name,
    pace: evenPace(),
    days: (draw: Draw) => (day: number) => ordinary(draw, day),
  })),
  { name: "heated house", pace: evenPace(), days: heatedHouse },
  { name: "heated house, months known", pace: monthlyPace(HEATED_PERCENT, BERLIN), days: heatedHouse },
];

/** False alarms a year of meters without an anomaly, and which share of days that used more is found. */
export function falseAlarmTable(): string {
  const rows = KINDS.map((kind) => [
    kind.name,
    alarms(kind, told).toFixed(2),
    alarms(kind, simply).toFixed(1),
    ...[3, 5, 10].map((times) => `${Math.round(100 * found(kind, times))} %`),
  ]);
  const head = ["ordinary use", "false alarms per meter and year", "of the original's rule", "day of 3 × found", "of 5 ×", "of 10 ×"];
  return `${METERS} meters of each kind, ${YEARS} years of days\n\n${markdown(head, rows)}`;
}

type Telling = (index: MeterIndex, pace: Pace) => number;

const told: Telling = (index, pace) => unusualSpans(index, { zone: BERLIN, unit: "kWh", pace }).length;

/** More than twice the mean of the last seven days, the day among them. */
const simply: Telling = ({ tMs, total }) => {
  const amount = total.subarray(1).map((one, day) => one - (total[day] as number));
  const rows = {
    edgesMs: tMs,
    amount,
    measured: amount,
    missingMs: new Float64Array(amount.length),
    flags: new Uint16Array(amount.length),
  };
  return simpleSpans(rows, { zone: BERLIN, unit: "kWh" }).length;
};

function alarms({ days, pace }: Kind, count: Telling): number {
  let alarmed = 0;
  for (let meter = 1; meter <= METERS; meter += 1) {
    const amounts = daysOf(DAYS, days(drawing(meter * 7919)));
    alarmed += count(readDaily(amounts, { firstDay: FIRST, reads: 1 }), pace);
  }
  return alarmed / METERS / YEARS;
}

function found({ days, pace }: Kind, times: number): number {
  let hits = 0;
  for (let meter = 1; meter <= METERS; meter += 1) {
    const draw = drawing(meter * 104_729);
    const changed = SETTLED + Math.floor(draw() * (DAYS - SETTLED));
    const one = days(draw);
    const index = readDaily(
      daysOf(DAYS, (day) => one(day) * (day === changed ? times : 1)),
      { firstDay: FIRST, reads: 1 },
    );
    const atMs = index.tMs[changed] as number;
    const anomalies = unusualSpans(index, { zone: BERLIN, unit: "kWh", pace });
    if (anomalies.some(({ fromMs, toMs, score }) => score > 0 && fromMs <= atMs && toMs > atMs)) hits += 1;
  }
  return hits / METERS;
}
