import { type ReactElement, useMemo, useState } from "react";
import type { ChartLine } from "./chart-line.ts";
import { lineNumber } from "./line-number.ts";
import { type TableRow, tableRows } from "./table-rows.ts";
import type { TimeSpan } from "./time-ticks.ts";
import { instantWords } from "./time-words.ts";
import { type ShownUnit, unitFamily } from "./unit-scale.ts";
import { zoneClock } from "./zone-clock.ts";

export interface ChartTableProps {
  readonly lines: readonly ChartLine[];
  readonly span: TimeSpan;
  readonly zone: string;
  readonly nowMs: number;
}

const PAGE = 200;
const BITS = ["suspect", "filled", "corrected", "recovered after gap", "not for demand", "alarm", "bad status", "clock unsure"];

/** A chart as a table: the same rows, the newest first, with what is doubtful in words. */
export function ChartTable({ lines, span, zone, nowMs }: ChartTableProps): ReactElement {
  const [shown, setShown] = useState(PAGE);
  const clock = useMemo(() => zoneClock(zone), [zone]);
  const rows = useMemo(() => tableRows(lines, span), [lines, span]);
  const units = lines.map((line): ShownUnit => ({ unit: line.unit, factor: unitFamily(line.unit).factor }));
  const seconds = rows.length > 1 && Math.abs((rows[0]?.tMs ?? 0) - (rows[1]?.tMs ?? 0)) < 60_000;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reached by keys
    <section className="chart-table" aria-label="Readings" tabIndex={0}>
      <table>
        <caption className="read-aloud">Readings in the window, the newest first</caption>
        <thead>
          <tr>
            <th scope="col">Time</th>
            {lines.map((line) => (
              <th key={line.key} scope="col" className="n">
                {line.label}, {line.unit}
              </th>
            ))}
            <th scope="col">Quality</th>
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, shown).map((row) => (
            <tr key={row.tMs}>
              <td className="nowrap">{instantWords(clock, row.tMs, { seconds, nowMs })}</td>
              {lines.map((line, index) => (
                <td key={line.key} className="n">
                  {cellWords(line, row.cells[index], units[index] ?? { unit: line.unit, factor: 1 })}
                </td>
              ))}
              <td>{qualityWords(lines, row)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length === 0 && <p className="chart-table-more">No readings in this window.</p>}
      {rows.length > shown && (
        <p className="chart-table-more">
          <button type="button" className="ctl" onClick={() => setShown(shown + 5 * PAGE)}>
            Show older rows
          </button>
          <span>
            {shown} of {rows.length}
          </span>
        </p>
      )}
    </section>
  );
}

function cellWords(line: ChartLine, row: number | undefined, unit: ShownUnit): string {
  if (row === undefined) return "";
  const { value, min, max } = line.column;
  const number = lineNumber(line, unit, value[row] ?? Number.NaN);
  if (min[row] === max[row] || Number.isNaN(min[row] ?? Number.NaN)) return number;
  return `${number} (${lineNumber(line, unit, min[row] ?? 0)} to ${lineNumber(line, unit, max[row] ?? 0)})`;
}

function qualityWords(lines: readonly ChartLine[], row: TableRow): string {
  let bits = 0;
  lines.forEach((line, index) => {
    const at = row.cells[index];
    if (at !== undefined) bits |= line.column.quality[at] ?? 0;
  });
  return BITS.filter((_, bit) => (bits & (1 << bit)) !== 0).join(", ");
}
