import type { MeterIndex } from "#analytics/meter-index.ts";
import { BERLIN, type Draw, daysOf, drawing, readDaily } from "#analytics/meter-world.ts";
import { unusualSpans } from "#analytics/unusual-spans.ts";
import { KINDS, type Kind } from "./false-alarms.ts";
import { markdown } from "./markdown.ts";

const METERS = 100;
const YEARS = 6;
const DAYS = Math.round(365.25 * YEARS);
const MONTH_DAYS = 30.4;
/** Months that are made larger lie behind the first two years. */
const SETTLED_DAYS = 730;

/** The same kinds of use where somebody reads the meter about once a month: false alarms, and what is found of larger months. */
export function monthlyTable(): string {
  const rows = KINDS.map((kind) => [
    kind.name,
    alarms(kind).toFixed(2),
    ...[2, 3, 5].map((times) => `${Math.round(100 * found(kind, times))} %`),
  ]);
  const head = ["ordinary use, read once a month", "false alarms per meter and year", "month of 2 × found", "of 3 ×", "of 5 ×"];
  return `${METERS} meters of each kind, ${YEARS} years of readings on a day of their own in each month\n\n${markdown(head, rows)}`;
}

/** The readings of somebody who comes within three days of every month's beginning. */
function walks(index: MeterIndex, draw: Draw): MeterIndex {
  const rows: number[] = [];
  for (let month = 0; month * MONTH_DAYS + 3 < index.tMs.length; month += 1) rows.push(Math.floor(month * MONTH_DAYS + 3 * draw()));
  const pick = (column: Float64Array): Float64Array => Float64Array.from(rows, (row) => column[row] as number);
  return { tMs: pick(index.tMs), total: pick(index.total), register: pick(index.register), step: new Uint8Array(rows.length) };
}

function told({ days, pace }: Kind, meter: number, larger: { from: number; times: number }) {
  const draw = drawing(meter * 15_485_863);
  const one = days(draw);
  const isLarger = (day: number): boolean => day >= larger.from && day < larger.from + MONTH_DAYS;
  const index = readDaily(
    daysOf(DAYS, (day) => one(day) * (isLarger(day) ? larger.times : 1)),
    { firstDay: "2020-01-01", reads: 1 },
  );
  return { index, anomalies: unusualSpans(walks(index, draw), { zone: BERLIN, unit: "kWh", pace }) };
}

function alarms(kind: Kind): number {
  let count = 0;
  for (let meter = 1; meter <= METERS; meter += 1) count += told(kind, meter, { from: DAYS, times: 1 }).anomalies.length;
  return count / METERS / YEARS;
}

function found(kind: Kind, times: number): number {
  let hits = 0;
  for (let meter = 1; meter <= METERS; meter += 1) {
    const month = Math.ceil((SETTLED_DAYS + drawing(meter)() * (DAYS - SETTLED_DAYS - 2 * MONTH_DAYS)) / MONTH_DAYS);
    const from = Math.round(month * MONTH_DAYS + 1.5);
    const { index, anomalies } = told(kind, meter, { from, times });
    const middleMs = index.tMs[from + 15] as number;
    if (anomalies.some(({ fromMs, toMs, score }) => score > 0 && fromMs <= middleMs && toMs > middleMs)) hits += 1;
  }
  return hits / METERS;
}
