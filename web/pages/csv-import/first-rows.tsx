import type { CsvImportAnswer } from "#contract/csv-import.ts";
import type { MeterInfo } from "#contract/meters.ts";
import { Card } from "#web/parts/card.tsx";
import { numberText } from "#web/parts/format-number.ts";
import { datedText, fullText } from "#web/parts/format-time.ts";
import { titleOf } from "#web/parts/meter-title.ts";
import { EmptyState } from "#web/parts/states.tsx";
import { TableScroll } from "#web/parts/table-scroll.tsx";

const MOST = 3;

/** The first lines of the file beside what they would be read as. */
export function FirstRows({ answer, meters }: { answer: CsvImportAnswer; meters: readonly MeterInfo[] }) {
  const { rows, columns, zone } = answer;
  if (rows.length === 0) return <EmptyState sentence="Below its first line the file holds nothing that can be read this way." />;
  return (
    <Card title="The first lines as they would be read" note={`times in ${zone}`}>
      <TableScroll>
        <table className="csv-rows">
          <thead>
            <tr>
              <th className="n">Line</th>
              <th>Read as</th>
              {columns.map(({ column, name }) => (
                <th key={column}>{name === "" ? `Column ${column + 1}` : name}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.line}>
                <td className="n faint">{row.line}</td>
                <td>
                  <ReadAs row={row} meters={meters} zone={zone} />
                </td>
                {columns.map(({ column }) => (
                  <td key={column} className="csv-cell">
                    {row.cells[column] ?? ""}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </TableScroll>
    </Card>
  );
}

interface ReadAsProps {
  readonly row: CsvImportAnswer["rows"][number];
  readonly meters: readonly MeterInfo[];
  readonly zone: string;
}

function ReadAs({ row: { readings, problem }, meters, zone }: ReadAsProps) {
  const nowMs = Date.now();
  return (
    <>
      {problem !== null && <p className="bad">✕ {problem}</p>}
      {readings.slice(0, MOST).map(({ meter, tMs, fromMs, value, unit }) => (
        <p key={`${meter} ${tMs}`} className="csv-read">
          <span className="num">{numberText(value, { unit, exact: true })}</span> <span className="muted">{titleOf(meter, meters)}</span>{" "}
          <span className="faint" title={fullText(tMs, { zone })}>
            {fromMs === null ? "" : `${datedText(fromMs, nowMs, { zone })} to `}
            {datedText(tMs, nowMs, { zone })}
          </span>
        </p>
      ))}
      {readings.length > MOST && <p className="faint">and {readings.length - MOST} more</p>}
      {problem === null && readings.length === 0 && <p className="faint">nothing</p>}
    </>
  );
}
