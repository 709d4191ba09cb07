import { useState } from "react";
import type { TimeSpan } from "#web/charts/time-ticks.ts";
import type { ZoneClock } from "#web/charts/zone-clock.ts";
import { moneyText } from "#web/parts/money-text.ts";
import { TableScroll } from "#web/parts/table-scroll.tsx";
import type { Grid } from "./meter-page-queries.ts";
import { finer } from "./meter-window.ts";
import { type ConsumptionRow, rowName, rowRemarks } from "./row-words.ts";
import { amountText, registerText } from "./words.ts";

interface TableProps {
  readonly rows: readonly ConsumptionRow[];
  readonly about: {
    readonly unit: string;
    readonly currency: string;
    readonly by: Grid;
    readonly clock: ZoneClock;
    readonly nowMs: number;
  };
  readonly onMade: (span: TimeSpan) => void;
  readonly onOpen: (span: TimeSpan) => void;
}

const PAGE = 100;

/** The same rows as the picture, the newest first. */
export function ConsumptionTable({ rows, about, onMade, onOpen }: TableProps) {
  const [shown, setShown] = useState(PAGE);
  const { unit, currency, by, clock, nowMs } = about;
  const begun = rows.filter((row) => row.fromMs <= nowMs && (row.amount !== null || row.missingMs > 0)).toReversed();
  return (
    <>
      <TableScroll>
        <table className="meter-rows">
          <thead>
            <tr>
              <th>When</th>
              <th className="n">Used</th>
              <th className="n">Register at its end</th>
              <th className="n">Cost</th>
              <th>How well known</th>
              <th />
            </tr>
          </thead>
          <tbody>
            {begun.slice(0, shown).map((row) => (
              <tr key={row.fromMs}>
                <td className="nowrap">
                  {finer(by) === undefined ? (
                    rowName(row, by, clock)
                  ) : (
                    <button type="button" className="link" onClick={() => onOpen(row)}>
                      {rowName(row, by, clock)}
                    </button>
                  )}
                </td>
                <td className="n">{amountText(row.amount, unit)}</td>
                <td className="n">{row.toMs > nowMs ? "" : registerText(row.register === null ? null : round(row.register), unit)}</td>
                <td className="n">{row.cost === null ? "" : moneyText(row.cost, currency)}</td>
                <td>{rowRemarks(row, nowMs).join(", ")}</td>
                <td className="n">
                  <button type="button" className="link" onClick={() => onMade(row)}>
                    How
                  </button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </TableScroll>
      {begun.length > shown && (
        <p className="meter-more">
          <button type="button" className="ctl" onClick={() => setShown(shown + 5 * PAGE)}>
            Show older rows
          </button>
          <span className="faint">
            {shown} of {begun.length}
          </span>
        </p>
      )}
    </>
  );
}

/** What a dial would have shown is known no better than to a thousandth. */
const round = (value: number): number => Math.round(value * 1000) / 1000;
