import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { CsvImportAnswer, CsvMovedMeter } from "#contract/csv-import.ts";
import type { MeterInfo } from "#contract/meters.ts";
import { Card } from "#web/parts/card.tsx";
import { countText, numberText } from "#web/parts/format-number.ts";
import { datedText, fullText, spanText } from "#web/parts/format-time.ts";
import { titleOf } from "#web/parts/meter-title.ts";
import { TableScroll } from "#web/parts/table-scroll.tsx";
import type { CsvImport } from "./use-csv-import.ts";
import { bringsSomething, movedWords } from "./words.ts";

interface ResultProps {
  readonly answer: CsvImportAnswer;
  readonly meters: readonly MeterInfo[];
  readonly importing: CsvImport;
}

/** What a file would bring, or, once it was taken, what it brought. */
export function ResultCard({ answer, meters, importing }: ResultProps) {
  const { mode, result, zone } = answer;
  if (result === null) return null;
  const kept = mode === "import";
  const busy = importing.sending !== undefined;
  return (
    <>
      <Card
        title={kept ? "What it brought" : "What it would bring"}
        note={`${countText(result.lines)} lines, ${countText(result.readings)} readings`}
      >
        <TableScroll>
          <table className="stack">
            <thead>
              <tr>
                <th>Meter</th>
                <th>In the file</th>
                <th>From and to</th>
                <th>Readings</th>
              </tr>
            </thead>
            <tbody>
              {result.meters.map((moved) => (
                <Moved key={`${moved.meter} ${moved.name}`} moved={moved} meters={meters} zone={zone} kept={kept} />
              ))}
            </tbody>
          </table>
        </TableScroll>
        {result.repeated > 0 && (
          <p className="muted">{countText(result.repeated)} said again further down the file: the last one counts.</p>
        )}
        <div className="csv-acts">
          {!kept && bringsSomething(result) && (
            <Button size="xs" loading={busy} onClick={importing.take}>
              Take them in
            </Button>
          )}
          {!kept && (
            <Button variant="default" size="xs" disabled={busy} onClick={() => importing.change({})}>
              Back to how it is read
            </Button>
          )}
          {kept && (
            <>
              <Link to="/utilities" className="link">
                To the meters
              </Link>
              <button type="button" className="link" onClick={importing.again}>
                Another file
              </button>
            </>
          )}
        </div>
      </Card>
      <Changes meters={result.meters} zone={zone} />
      {result.problems.length > 0 && (
        <Card title="Lines that are not taken" note={countText(result.rejected)}>
          <ul className="csv-problems">
            {result.problems.map(({ line, sentence }) => (
              <li key={`${line} ${sentence}`}>
                <b>Line {countText(line)}</b> {sentence}
              </li>
            ))}
          </ul>
          {result.rejected > result.problems.length && (
            <p className="faint">and {countText(result.rejected - result.problems.length)} more</p>
          )}
        </Card>
      )}
    </>
  );
}

function Moved({ moved, meters, zone, kept }: { moved: CsvMovedMeter; meters: readonly MeterInfo[]; zone: string; kept: boolean }) {
  const { meter, name, known, firstMs, lastMs } = moved;
  const title = titleOf(meter, meters);
  const months = moved.months.length;
  return (
    <tr>
      <td>
        {kept || known ? (
          <Link to="/utilities/meter" search={{ meter }} className="link">
            {title}
          </Link>
        ) : (
          <>
            {title} <span className="tag">new meter</span>
          </>
        )}
      </td>
      <td data-label="in the file">{name === "" ? "—" : name}</td>
      <td data-label="days">
        {firstMs === null || lastMs === null ? "—" : spanText({ fromMs: firstMs, toMs: lastMs + 1 }, Date.now(), { zone })}
      </td>
      <td data-label="readings">
        {movedWords(moved)}
        {months > 0 && <span className="faint"> in {months === 1 ? "1 month" : `${countText(months)} months`}</span>}
      </td>
    </tr>
  );
}

const MOST = 20;

/** The largest changes of what was known already: a column read wrong shows here first. */
function Changes({ meters, zone }: { meters: readonly CsvMovedMeter[]; zone: string }) {
  const rows = meters.flatMap((meter) => meter.largest.map((change) => ({ ...change, name: meter.name || meter.meter, unit: meter.unit })));
  if (rows.length === 0) return null;
  const nowMs = Date.now();
  return (
    <Card title="Largest changes" note="what was kept stays as a revision">
      <TableScroll>
        <table>
          <thead>
            <tr>
              <th>Reading of</th>
              <th>Meter</th>
              <th className="n">Known as</th>
              <th className="n">The file says</th>
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, MOST).map(({ tMs, before, after, name, unit }) => (
              <tr key={`${name} ${tMs}`}>
                <td className="nowrap" title={fullText(tMs, { zone })}>
                  {datedText(tMs, nowMs, { zone })}
                </td>
                <td>{name}</td>
                <td className="n">{numberText(before, { unit, exact: true })}</td>
                <td className="n">{numberText(after, { unit, exact: true })}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </TableScroll>
    </Card>
  );
}
