import { Link } from "@tanstack/react-router";
import type { PlantInfo } from "#contract/plant.ts";
import type { PlantImport } from "#contract/plant-quality.ts";
import { rangeWords } from "#web/charts/time-words.ts";
import type { ZoneClock } from "#web/charts/zone-clock.ts";
import { bytesText, countText } from "#web/parts/format-number.ts";
import { fullText } from "#web/parts/format-time.ts";
import { ImportBills, ImportIntervals } from "./import-changes.tsx";

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
      <p>{one.sentence}</p>
      {one.problems.length > 0 && <Problems one={one} />}
      {one.status === "done" && (
        <div className="import-tables">
          <ImportBills one={one} />
          <div>
            <ImportIntervals one={one} plant={plant} clock={clock} nowMs={nowMs} />
          </div>
        </div>
      )}
      <p className="faint">
        {bytesText(one.bytes)}, read {fullText(one.startedMs, { zone })}
        {one.endedMs !== null && ` in ${((one.endedMs - one.startedMs) / 1000).toFixed(1)}\u00a0s`}.{" "}
        {one.fromMs !== null && one.toMs !== null && (
          <>
            It speaks of{" "}
            <Link className="link" to="/data-explorer" search={{ plant: plant.id, from: one.fromMs, to: one.toMs }}>
              {rangeWords(clock, one.fromMs, one.toMs)}
            </Link>
            .
          </>
        )}
      </p>
      <p className="faint import-hash">
        SHA-256 <code>{one.sha256}</code>
        {one.archivedAs !== null && (
          <>
            {" "}
            Kept in the archive as <code>{one.archivedAs}</code>
          </>
        )}
      </p>
    </div>
  );
}

function Problems({ one }: { one: PlantImport }) {
  return (
    <>
      <p>
        Nothing of this file was applied. Mend {one.problemCount === 1 ? "this cell" : `these ${countText(one.problemCount)} cells`} and put
        it into the folder again:
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
      {one.problemCount > MOST_PROBLEMS && <p className="faint">And {countText(one.problemCount - MOST_PROBLEMS)} more.</p>}
    </>
  );
}
