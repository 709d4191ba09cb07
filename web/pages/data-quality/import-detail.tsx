import { Link } from "@tanstack/react-router";
import type { PlantInfo } from "#contract/plant.ts";
import type { PlantImport } from "#contract/plant-quality.ts";
import type { ZoneClock } from "#web/charts/zone-clock.ts";
import { bytesText, countText } from "#web/parts/format-number.ts";
import { fullText, spanText } from "#web/parts/format-time.ts";
import { moneyText } from "#web/parts/money-text.ts";
import { columnDecimals, fixedText } from "#web/parts/resolution.ts";

interface ImportDetailProps {
  readonly one: PlantImport;
  readonly plant: PlantInfo;
  readonly clock: ZoneClock;
  readonly nowMs: number;
}

const MOST_PROBLEMS = 100;

/** What a file changed, before and after; or every cell it was refused for. */
export function ImportDetail({ one, plant, clock, nowMs }: ImportDetailProps) {
  const zone = clock.zone;
  return (
    <div className="import-detail">
      {one.problems.length > 0 && <Problems one={one} />}
      {one.status === "done" && <Changes one={one} />}
      <p className="faint">
        {bytesText(one.bytes)}, read {fullText(one.startedMs, { zone })}
        {one.endedMs !== null && ` in ${((one.endedMs - one.startedMs) / 1000).toFixed(1)}\u00a0s`}.{" "}
        {one.fromMs !== null && one.toMs !== null && (
          <>
            It speaks of{" "}
            <Link className="link" to="/data-explorer" search={{ plant: plant.id, from: one.fromMs, to: one.toMs }}>
              {spanText({ fromMs: one.fromMs, toMs: one.toMs }, nowMs, { zone })}
            </Link>
            .
          </>
        )}
      </p>
      <p className="faint import-hash">
        SHA-256 <code>{one.sha256}</code>
      </p>
    </div>
  );
}

function Changes({ one }: { one: PlantImport }) {
  const kw = columnDecimals([one.peakBeforeKw, one.peakAfterKw, one.billedBeforeKw, one.billedAfterKw], 1);
  const kwh = columnDecimals([one.energyBeforeKwh, one.energyAfterKwh], 1);
  const rows = [
    { words: "Energy", ...pair(one.energyBeforeKwh, one.energyAfterKwh, (value) => fixedText(value, "kWh", kwh)) },
    { words: "Peak", ...pair(one.peakBeforeKw, one.peakAfterKw, (value) => fixedText(value, "kW", kw)) },
    { words: "Billing demand", ...pair(one.billedBeforeKw, one.billedAfterKw, (value) => fixedText(value, "kW", kw)) },
    {
      words: "Bill",
      before: moneyText(one.billBefore, one.currency),
      after: moneyText(one.billAfter, one.currency),
      difference: moneyDifference(one),
    },
  ];
  return (
    <table className="inner import-changes">
      <thead>
        <tr>
          <th>Of the periods it touches</th>
          <th className="n">before</th>
          <th className="n">after</th>
          <th className="n">change</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.words}>
            <td>{row.words}</td>
            <td className="n">{row.before}</td>
            <td className="n">{row.after}</td>
            <td className="n">{row.difference}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function pair(before: number | null, after: number | null, write: (value: number | null) => string) {
  const known = before !== null && after !== null;
  const difference = known ? after - before : null;
  const sign = difference !== null && difference > 0 ? "+" : "";
  return { before: write(before), after: write(after), difference: difference === 0 ? "—" : `${sign}${write(difference)}` };
}

/** In cents, so that the difference is exact. */
function moneyDifference(one: PlantImport): string {
  if (one.billBefore === null || one.billAfter === null) return "—";
  const cents = Math.round(Number(one.billAfter) * 100) - Math.round(Number(one.billBefore) * 100);
  if (cents === 0) return "—";
  return `${cents > 0 ? "+" : ""}${moneyText((cents / 100).toFixed(2), one.currency)}`;
}

function Problems({ one }: { one: PlantImport }) {
  return (
    <>
      <p>
        Nothing of this file was applied. Mend {one.problems.length === 1 ? "this cell" : `these ${countText(one.problems.length)} cells`}{" "}
        and put it into the folder again:
      </p>
      <table className="inner import-problems">
        <thead>
          <tr>
            <th className="n">Line</th>
            <th>Column</th>
            <th>What is wrong</th>
          </tr>
        </thead>
        <tbody>
          {one.problems.slice(0, MOST_PROBLEMS).map((problem) => (
            <tr key={`${problem.line} ${problem.column} ${problem.sentence}`}>
              <td className="n">{problem.line === null ? "—" : countText(problem.line)}</td>
              <td>{problem.column ?? "—"}</td>
              <td>{problem.sentence}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {one.problems.length > MOST_PROBLEMS && <p className="faint">And {countText(one.problems.length - MOST_PROBLEMS)} more.</p>}
    </>
  );
}
