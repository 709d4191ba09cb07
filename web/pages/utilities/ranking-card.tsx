import { Link } from "@tanstack/react-router";
import { type CSSProperties, useMemo } from "react";
import { Card } from "#web/parts/card.tsx";
import { dateText, endedText } from "./date-text.ts";
import { MEDIA, type MeterMedium } from "./media.ts";
import { Spark } from "./spark.tsx";
import { amountText, changeText, kindText, measuredShare, missingText, placedName, shareText } from "./words.ts";
import { type AmountTotal, inUnit, isUnit, sameMonths, unitsOf, type YearRow } from "./year-rows.ts";

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
  const units = useMemo(() => unitsOf(rows), [rows]);
  const place = (row: YearRow) => units.findIndex((unit) => isUnit(row.unit, unit));
  const size = (row: YearRow) => inUnit(row.year.amount, row.unit, units[place(row)] ?? row.unit) ?? -1;
  const known = rows.filter((row) => row.year.amount !== null);
  const gone = (row: YearRow) => row.removedOn !== null && row.removedOn < row.year.fromLocal.slice(0, 10);
  const unknown = rows.filter((row) => row.year.amount === null && !gone(row));
  const ended = rows.filter((row) => row.year.amount === null && gone(row));
  const ranked = known.toSorted((a, b) => place(a) - place(b) || size(b) - size(a));
  const most = units.map((_, index) => Math.max(0, ...rows.filter((row) => place(row) === index).map(size)));
  return (
    <Card
      title={label}
      note={totals
        .filter((total) => total.amount !== null)
        .map((total) => totalText(total, compared))
        .join(" · ")}
    >
      {known.length > 0 && (
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
                    <YearBar figure={row.year} share={size(row) / (most[place(row)] || 1)} color={color} />
                  </td>
                  <td className="n">{amountText(row.year.amount, row.unit)}</td>
                  <td
                    className="n"
                    data-label={`Against ${year - 1}`}
                    title={same.before === null ? `not all months of both years are known` : undefined}
                  >
                    {changeText(same.amount, same.before)}
                  </td>
                  <td className="n">
                    {shareText(row.year)}
                    <small className="faint">{row.removedOn === null ? missingText(row.year) : endedText(row.removedOn)}</small>
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
      )}
      {unknown.length > 0 && <Others title={`Nothing known of ${year}`} rows={unknown} />}
      {ended.length > 0 && <Others title={`Ended before ${year}`} rows={ended} />}
    </Card>
  );
}

function Others({ title, rows }: { title: string; rows: readonly YearRow[] }) {
  return (
    <p className="year-note">
      {title}:{" "}
      {rows.map((row) => (
        <Link key={row.id} className="link" to="/utilities/meter" search={{ meter: row.id }}>
          {placedName(row)}
          {row.removedOn !== null && `, ${dateText(row.removedOn)}`}
        </Link>
      ))}
    </p>
  );
}

/** A bar as long as its share of the largest; the measured part in full ink, the filled part hatched. */
function YearBar({ figure, share, color }: { figure: YearRow["year"]; share: number; color: string }) {
  if (!(share > 0)) return null;
  return (
    <span
      className="year-bar"
      aria-hidden="true"
      style={{ width: `${Math.max(0.6, share * 100)}%`, "--c": `var(${color})` } as CSSProperties}
    >
      <i style={{ width: `${(measuredShare(figure) ?? 0) * 100}%` }} />
    </span>
  );
}

function totalText(total: AmountTotal, compared: readonly AmountTotal[]): string {
  const same = compared.find(({ unit }) => unit === total.unit);
  const change = same === undefined ? "—" : changeText(same.amount, same.before);
  const share = shareText(total);
  return [amountText(total.amount, total.unit), ...(change === "—" ? [] : [change]), ...(share === undefined ? [] : [share])].join(", ");
}
