import { useMemo } from "react";
import type { MeterProfileAnswer } from "#contract/meter-history.ts";
import type { MeterDetailAnswer } from "#contract/meters.ts";
import { BarChart } from "#web/charts/bar-chart.tsx";
import { BarLegend } from "#web/charts/bar-legend.tsx";
import { Card } from "#web/parts/card.tsx";
import { unitText } from "#web/parts/format-number.ts";
import { TableScroll } from "#web/parts/table-scroll.tsx";
import { MEDIA } from "./media.ts";
import type { MeterLook } from "./meter-look.ts";
import { amountNumber, amountText, changeText, shareText } from "./words.ts";
import { isWhole } from "./year-rows.ts";
import { MONTH_NAMES, type YearMonths, yearsScene, yearTotal } from "./years-scene.ts";

interface YearsProps {
  readonly look: MeterLook;
  readonly years: MeterProfileAnswer["years"];
  readonly nowMs: number;
}

/** Months of this year beside those of the year before, and all years in numbers. */
export function YearsCard({ look, years, nowMs }: YearsProps) {
  const { meter } = look;
  const { color } = MEDIA[meter.medium];
  const known = useMemo(
    () => years.filter((year) => year.months.some((month) => month.amount !== null && month.fromMs <= nowMs)),
    [years, nowMs],
  );
  const [newest, before] = [known.at(-1), known.at(-2)];
  const scene = useMemo(() => yearsScene({ newest, before, unit: meter.unit, color, nowMs }), [newest, before, meter.unit, color, nowMs]);
  if (newest === undefined) return null;
  const words = (index: number) => {
    const bar = scene.sources[index];
    if (bar === undefined) return "";
    const month = bar.year.months[bar.month];
    const share = month === undefined ? undefined : shareText(month);
    return `${MONTH_NAMES[bar.month]} ${bar.year.year}: ${amountText(month?.amount, meter.unit)}${share === undefined ? "" : `, ${share}`}`;
  };
  return (
    <Card title="Year over year" note={noteOf(newest, before, { nowMs, meter })}>
      <BarLegend
        items={[
          { label: String(newest.year), color, mark: "bar" },
          ...(before === undefined ? [] : [{ label: String(before.year), color: "--chart-compare", mark: "bar" } as const]),
          { label: "Filled by a rule", color, mark: "hatch" },
        ]}
      />
      <BarChart
        scene={scene.scene}
        height={190}
        label={`Months of ${meter.name}`}
        summary={`${meter.name} by month: ${noteOf(newest, before, { nowMs, meter })}.`}
        words={words}
      />
      <details className="meter-years" open={known.length <= 3}>
        <summary>All years in {unitText(meter.unit)}</summary>
        <TableScroll>
          <table>
            <thead>
              <tr>
                <th>Year</th>
                {MONTH_NAMES.map((month) => (
                  <th key={month} className="n">
                    {month}
                  </th>
                ))}
                <th className="n">Sum</th>
                <th className="n">Change</th>
              </tr>
            </thead>
            <tbody>
              {known.toReversed().map((year) => {
                const earlier = known.find((one) => one.year === year.year - 1);
                const same = sameKnown(year, earlier, { nowMs, meter });
                return (
                  <tr key={year.year}>
                    <td>{year.year}</td>
                    {year.months.map((month) => (
                      <td key={month.fromMs} className="n" title={shareText(month)}>
                        {month.fromMs > nowMs ? "" : amountNumber(month.amount, meter.unit)}
                      </td>
                    ))}
                    <td className="n">
                      <b>{amountNumber(yearTotal(year, nowMs), meter.unit)}</b>
                    </td>
                    <td className="n" title="against the months both years know">
                      {changeText(same.now, same.before)}
                    </td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </TableScroll>
      </details>
    </Card>
  );
}

/** "2026 so far 2,310 kWh, −4 % against the same months of 2025". */
function noteOf(
  newest: YearMonths,
  before: YearMonths | undefined,
  about: { readonly nowMs: number; readonly meter: MeterDetailAnswer },
): string {
  const { now, before: earlier } = sameKnown(newest, before, about);
  const total = amountText(yearTotal(newest, Number.POSITIVE_INFINITY), about.meter.unit);
  const change = changeText(now, earlier);
  return change === "—" || before === undefined
    ? `${newest.year}: ${total}`
    : `${newest.year}: ${total}, ${change} in the months ${before.year} knows too`;
}

/** Sums of the months that both years know whole. */
function sameKnown(
  year: YearMonths,
  earlier: YearMonths | undefined,
  { nowMs, meter }: { readonly nowMs: number; readonly meter: MeterDetailAnswer },
): { now: number | null; before: number | null } {
  let [now, before, count] = [0, 0, 0];
  year.months.forEach((month, index) => {
    const other = earlier?.months[index];
    // The running month is no whole one: its fellow of last year would be longer.
    if (other === undefined || !isWhole(month, nowMs) || !isKnown(month, meter) || !isKnown(other, meter)) return;
    now += month.amount ?? 0;
    before += other.amount ?? 0;
    count += 1;
  });
  return count === 0 ? { now: null, before: null } : { now, before };
}

/** Whether a month is known whole: the meter was there from its first to its last day, and nothing is missing. */
function isKnown(month: YearMonths["months"][number], { installedOn, removedOn }: MeterDetailAnswer): boolean {
  const [first, next] = [month.fromLocal.slice(0, 10), month.toLocal.slice(0, 10)];
  if ((installedOn !== null && installedOn > first) || (removedOn !== null && removedOn < next)) return false;
  return month.amount !== null && month.missingMs === 0;
}
