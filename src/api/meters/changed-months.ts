import { parseFormula } from "#analytics/meter-formula.ts";
import type { CorrectionMadeAnswer } from "#contract/corrections.ts";
import type { MeterFigure } from "#reports/meter-answers.ts";
import type { MeterSettings, SiteMeters } from "#reports/meter-settings.ts";
import type { MeterReports } from "#reports/meters.ts";
import type { Range } from "#store/store.ts";
import { figuresOf } from "./costs.ts";
import { type SiteDesk, siteDesk } from "./desk.ts";
import { meterFigure } from "./wire.ts";

type Change = CorrectionMadeAnswer["changes"][number];

/** Months of the meters that a series has a say in, before something is done to it. */
export interface MonthsBefore {
  readonly range: Range;
  readonly meters: readonly { readonly desk: SiteDesk; readonly meter: MeterSettings; readonly months: readonly MeterFigure[] }[];
}

/** Two sums of the same readings may differ in their last digits. */
const ALIKE = 1e-9;
const MOST_TOLD = 500;

/** Whole months of a stretch, of every meter that counts a series or is made of one that does. */
export async function monthsOf(all: readonly MeterReports[], seriesKey: string, range: Range): Promise<MonthsBefore> {
  const concerned = all.map(siteDesk).flatMap((desk) => metersOf(desk.site, seriesKey).map((meter) => ({ desk, meter })));
  const meters = await Promise.all(
    concerned.map(async ({ desk, meter }) => ({ desk, meter, months: await months(desk.reports, meter, wholeMonths(range, desk)) })),
  );
  return { range, meters };
}

/** Meters that count a series, and all that is made of them, parts first. */
export function metersOf({ meters }: Pick<SiteMeters, "meters">, seriesKey: string): MeterSettings[] {
  const counting = (meter: MeterSettings): boolean =>
    meter.what.kind === "physical" && meter.what.series.some(({ key }) => key === seriesKey);
  const found = new Set(meters.filter(counting).map(({ meter }) => meter));
  for (let before = -1; before !== found.size; ) {
    before = found.size;
    for (const meter of meters) if (partsOf(meter).some((part) => found.has(part))) found.add(meter.meter);
  }
  return [...found].flatMap((name) => meters.filter(({ meter }) => meter === name));
}

/** Names of the meters that one is made of. */
export function partsOf({ what }: Pick<MeterSettings, "what">): string[] {
  if (what.kind === "master") return what.periods.flatMap(({ sources }) => [...sources]);
  if (what.kind === "physical") return [];
  const read = parseFormula(what.formula);
  return "problem" in read ? [] : read.terms.map(({ meter }) => meter);
}

function wholeMonths({ fromMs, toMs }: Range, { zone }: SiteDesk): Range {
  return { fromMs: zone.startOf("month", fromMs), toMs: zone.nextStart("month", Math.max(toMs - 1, fromMs)) };
}

async function months(reports: MeterReports, { id }: MeterSettings, range: Range): Promise<MeterFigure[]> {
  const answer = await reports.consumption(id, { ...range, by: "month" });
  return answer === undefined ? [] : figuresOf(answer);
}

/** What has become of them by other readings: as the reports that are given know it now. */
export async function changesSince(before: MonthsBefore, now: (reports: MeterReports) => MeterReports): Promise<Change[]> {
  const changed = await Promise.all(
    before.meters.map(async ({ desk, meter, months: were }) => {
      const are = new Map((await months(now(desk.reports), meter, wholeMonths(before.range, desk))).map((one) => [one.fromMs, one]));
      return were.flatMap((was): Change[] => {
        const is = are.get(was.fromMs);
        if (is !== undefined && alike(was.amount, is.amount) && alike(was.missingMs, is.missingMs)) return [];
        const { id, name, unit } = meter;
        return [
          { meter: id, name, unit, before: meterFigure(was, desk.zone), after: is === undefined ? null : meterFigure(is, desk.zone) },
        ];
      });
    }),
  );
  return changed.flat().slice(0, MOST_TOLD);
}

function alike(a: number, b: number): boolean {
  return Object.is(a, b) || Math.abs(a - b) <= ALIKE * Math.max(1, Math.abs(a), Math.abs(b));
}
