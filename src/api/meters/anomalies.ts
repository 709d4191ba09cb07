import { ApiError } from "#api/errors.ts";
import { figure, span } from "#api/plants/wire.ts";
import type { Zone } from "#calendar/zone.ts";
import type { AnomaliesAnswer, AnomalyInfo } from "#contract/anomalies.ts";
import type { AnomalyRow } from "#reports/meter-answers.ts";
import type { Range } from "#store/store.ts";
import type { MeterDesk, SiteDesk } from "./desk.ts";

/** What is asked of the anomalies. */
export interface AnomaliesAsked {
  /** Dates are days of each site. */
  readonly range: (desk: SiteDesk) => Range;
  readonly meter?: string | undefined;
  /** Left out: as the site has it. */
  readonly simple?: boolean | undefined;
}

const METHOD =
  "What a meter used between two readings is held against what its season, its weekday and its own past explain; what rules filled in neither " +
  "raises an anomaly nor counts as past. Ordinary use is told by mistake at most about once per meter and year. A leak is a day without an hour in which nothing flowed. A difference below zero means that one of the " +
  "meters is wrong.";
const SIMPLE = " The simple rule is that of the old system, on true days: more than twice the mean of seven days, the day itself included.";

/** Everything worth a look, newest first, dismissed ones too. */
export async function anomaliesAnswer(desks: readonly SiteDesk[], asked: AnomaliesAsked, nowMs: number): Promise<AnomaliesAnswer> {
  const found = await Promise.all(
    desks.map(async (desk) => {
      const rows = await desk.reports.anomalies({ ...asked.range(desk), ...(asked.simple === undefined ? {} : { simple: asked.simple }) });
      const wanted = rows.filter(({ meter }) => asked.meter === undefined || meter === asked.meter);
      return wanted.map((row) => anomalyInfo(row, desk.zone));
    }),
  );
  const anomalies = found.flat().toSorted((a, b) => b.fromMs - a.fromMs);
  const withSimple = asked.simple ?? anomalies.some(({ rule }) => rule === "simple");
  return { nowMs, method: withSimple ? METHOD + SIMPLE : METHOD, anomalies };
}

const YEAR_MS = 366 * 86_400_000;
/** Longest stretch an anomaly can span: readings may be a year apart. */
const AROUND_MS = 2 * YEAR_MS;

/** The anomaly of that id. Errors: unknown-anomaly. */
export async function anomalyOf(desk: MeterDesk, id: string, nowMs: number): Promise<AnomalyRow> {
  const known = await desk.reports.anomalies({ fromMs: 0, toMs: nowMs + AROUND_MS, simple: true });
  const found = known.find((one) => one.id === id && one.meter === desk.id);
  if (found === undefined) throw new ApiError("unknown-anomaly", { anomaly: id.slice(0, 200) });
  return found;
}

function anomalyInfo(row: AnomalyRow, zone: Zone): AnomalyInfo {
  return {
    ...span(row, zone),
    id: row.id,
    meter: row.meter,
    name: row.name,
    unit: row.unit,
    rule: row.rule,
    amount: figure(row.amount),
    expected: figure(row.expected),
    low: figure(row.low),
    high: figure(row.high),
    score: figure(row.score),
    sentence: row.sentence,
    dismissed: row.dismissed === undefined ? null : { ...row.dismissed },
  };
}
