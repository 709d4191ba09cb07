import { Link } from "@tanstack/react-router";
import type { CSSProperties } from "react";
import { Card } from "#web/parts/card.tsx";
import { MEDIA, type MeterMedium } from "./media.ts";
import { Spark } from "./spark.tsx";
import { amountText, changeText, kindText, measuredShare, missingText, shareText } from "./words.ts";
import { type AmountTotal, sameMonths, type YearRow } from "./year-rows.ts";

interface RankingProps {
  readonly medium: MeterMedium;
  readonly rows: readonly YearRow[];
  readonly totals: readonly AmountTotal[];
  readonly compared: readonly AmountTotal[];
  readonly earlier: ReadonlyMap<string, YearRow>;
  readonly nowMs: number;
  readonly year: number;
}

/** The meters of a medium, the largest first: what they used, against the year before, and how much of it was measured. */
export function RankingCard({ medium, rows, totals, compared, earlier, nowMs, year }: RankingProps) {
  const { label, color } = MEDIA[medium];
  const ranked = rows.toSorted((a, b) => a.unit.localeCompare(b.unit) || (b.year.amount ?? -1) - (a.year.amount ?? -1));
  const most = new Map<string, number>();
  for (const row of rows) most.set(row.unit, Math.max(most.get(row.unit) ?? 0, row.year.amount ?? 0));
  return (
    <Card title={label} note={totals.map((total) => totalText(total, compared)).join(" · ")}>
      <table className="year-ranking">
        <thead>
          <tr>
            <th>Meter</th>
            <th>{year}</th>
            <th className="n">Used</th>
            <th className="n">Against {year - 1}</th>
            <th className="n">Measured</th>
            <th>Months</th>
          </tr>
        </thead>
        <tbody>
          {ranked.map((row) => {
            const same = sameMonths(row, earlier.get(row.id), nowMs);
            return (
              <tr key={row.id}>
                <td className="year-name">
                  <Link className="util-link" to="/utilities/meter" search={{ meter: row.id }}>
                    {row.name}
                  </Link>
                  <small className="faint">
                    {[row.group, row.kind === "physical" ? "" : kindText(row.kind)].filter(Boolean).join(" · ")}
                  </small>
                </td>
                <td className="year-bar-cell">
                  <YearBar row={row} most={most.get(row.unit) ?? 0} color={color} />
                </td>
                <td className="n">{amountText(row.year.amount, row.unit)}</td>
                <td
                  className="n"
                  data-label={`Against ${year - 1}`}
                  title={same.before === null ? `not all months of both years are known` : undefined}
                >
                  {changeText(same.amount, same.before)}
                </td>
                <td className="n" data-label="Measured">
                  {[shareText(row.year), missingText(row.year.missingMs)].filter((text) => text !== undefined).join(", ")}
                </td>
                <td>
                  <Spark
                    bars={row.months.filter((month) => month.fromMs <= nowMs)}
                    color={color}
                    label={`${row.name}, ${year}: ${row.months.filter((month) => month.amount !== null).length} months known`}
                  />
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </Card>
  );
}

/** A bar as long as its share of the largest; the measured part in full ink, the filled part hatched. */
function YearBar({ row, most, color }: { row: YearRow; most: number; color: string }) {
  const { amount, measured } = row.year;
  if (amount === null || !(amount > 0) || most === 0) return null;
  const share = measuredShare({ amount, measured }) ?? 0;
  return (
    <span
      className="year-bar"
      aria-hidden="true"
      style={{ width: `${Math.max(0.6, (amount / most) * 100)}%`, "--c": `var(${color})` } as CSSProperties}
    >
      <i style={{ width: `${share * 100}%` }} />
    </span>
  );
}

function totalText(total: AmountTotal, compared: readonly AmountTotal[]): string {
  const same = compared.find(({ unit }) => unit === total.unit);
  const change = same === undefined ? "—" : changeText(same.amount, same.before);
  const share = shareText(total);
  return [amountText(total.amount, total.unit), ...(change === "—" ? [] : [change]), ...(share === undefined ? [] : [share])].join(", ");
}
