import { Link } from "@tanstack/react-router";
import type { IntervalFlag } from "#contract/plant-intervals.ts";
import type { PlantQualityAnswer, QualityCounts } from "#contract/plant-quality.ts";
import { Card } from "#web/parts/card.tsx";
import { countText } from "#web/parts/format-number.ts";
import type { Stretch } from "./quality-queries.ts";

interface CountsCardProps {
  readonly plant: string;
  readonly answer: PlantQualityAnswer;
  readonly stretch: Stretch;
  /** What the third column is called: "30 days"; left out where the second says it already. */
  readonly rangeWords: string | undefined;
}

interface Row {
  readonly words: string;
  readonly of: (counts: QualityCounts) => number;
  /** The filter that shows just these. */
  readonly flag?: IntervalFlag;
}

const ROWS: readonly Row[] = [
  { words: "Expected", of: (counts) => counts.expected },
  { words: "There", of: (counts) => counts.observed },
  { words: "Missing", of: (counts) => counts.missing, flag: "missing" },
  { words: "Left out by R17", of: (counts) => counts.excluded, flag: "excludedFromDemand" },
  { words: "Invalid", of: (counts) => counts.invalid, flag: "invalidAlarm" },
  { words: "Recovered", of: (counts) => counts.recovered, flag: "recoveredAfterGap" },
  { words: "Estimated", of: (counts) => counts.estimated, flag: "estimated" },
  { words: "Suspect", of: (counts) => counts.suspect, flag: "suspect" },
];

/** How many intervals are there, missing and marked; every number above nought leads to its rows. */
export function CountsCard({ plant, answer, stretch, rangeWords }: CountsCardProps) {
  return (
    <Card title="Counts" note="press a number for its rows">
      <table className="counts">
        <thead>
          <tr>
            <th scope="col">
              <span className="read-aloud">What</span>
            </th>
            <th scope="col" className="n">
              24 h
            </th>
            <th scope="col" className="n">
              7 days
            </th>
            {rangeWords !== undefined && (
              <th scope="col" className="n">
                {rangeWords}
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {ROWS.map((row) => (
            <tr key={row.words}>
              <th scope="row">{row.words}</th>
              <Count row={row} counts={answer.lastDay} search={{ plant, range: "24h" }} />
              <Count row={row} counts={answer.lastWeek} search={{ plant, range: "7d" }} />
              {rangeWords !== undefined && (
                <Count row={row} counts={answer.range} search={{ plant, from: stretch.fromMs, to: stretch.toMs }} />
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </Card>
  );
}

interface CountProps {
  readonly row: Row;
  readonly counts: QualityCounts;
  readonly search: { readonly plant: string; readonly range?: "24h" | "7d"; readonly from?: number; readonly to?: number };
}

function Count({ row, counts, search }: CountProps) {
  const count = row.of(counts);
  if (count === 0 || row.flag === undefined) return <td className={count === 0 ? "n faint" : "n"}>{countText(count)}</td>;
  return (
    <td className="n">
      <Link
        className="link"
        to="/data-explorer"
        search={{ ...search, flag: row.flag }}
        aria-label={`${row.words}: ${countText(count)}, show them`}
      >
        {countText(count)}
      </Link>
    </td>
  );
}
