import type { ReactNode } from "react";
import type { BillLineInfo } from "#contract/plant-bills.ts";
import { moneyText } from "#web/parts/money-text.ts";

/** "408.0 kW × 24.74", "6.25 % of $17,571.70", "per period": where a line's amount comes from. */
export function lineBasis(line: Pick<BillLineInfo, "kind" | "quantity" | "unit" | "rate">, currency: string): string {
  if (line.unit === "%") return `${line.rate}\u00a0% of ${moneyText(line.quantity, currency)}`;
  if (line.kind === "fixed" && Number(line.quantity) === 1) return `per ${line.unit}`;
  return `${quantityText(line.quantity)}\u00a0${line.unit} × ${line.rate}`;
}

/** Exact decimal text with the thousands of the locale; its digits are the plan's own. */
export function quantityText(exact: string): string {
  const decimals = exact.split(".")[1]?.length ?? 0;
  const shown = Math.min(decimals, 4);
  return new Intl.NumberFormat(undefined, { minimumFractionDigits: shown, maximumFractionDigits: shown })
    .format(Number(exact))
    .replace("-", "−");
}

interface BillTableProps {
  readonly lines: readonly BillLineInfo[];
  readonly currency: string;
  readonly total: string;
  readonly totalName: string;
  /** What a line leads to; left out, lines do not open. */
  readonly open?: (line: BillLineInfo) => ReactNode;
}

/** A bill, line by line. */
export function BillTable({ lines, currency, total, totalName, open }: BillTableProps) {
  return (
    <table className="bill-lines">
      <thead className="read-aloud">
        <tr>
          <th>Line</th>
          <th>From</th>
          <th>Amount</th>
          {open && <th>Open</th>}
        </tr>
      </thead>
      <tbody>
        {lines.map((line, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a plan may name two lines alike, and their order is fixed
          <tr key={index}>
            <td>{line.name}</td>
            <td className="bill-basis">
              {lineBasis(line, currency)}
              {open && line.clause !== null && <span className="bill-clause">{line.clause}</span>}
            </td>
            <td className="n">{moneyText(line.amount, currency)}</td>
            {open && <td className="n">{open(line)}</td>}
          </tr>
        ))}
        <tr className="sum">
          <td colSpan={2}>{totalName}</td>
          <td className="n">{moneyText(total, currency)}</td>
          {open && <td />}
        </tr>
      </tbody>
    </table>
  );
}
