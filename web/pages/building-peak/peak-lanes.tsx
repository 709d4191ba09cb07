import type { PeakAnswerInfo, PeakMoverInfo } from "#contract/building-peak.ts";
import { Card } from "#web/parts/card.tsx";
import { numberText } from "#web/parts/format-number.ts";
import { TableScroll } from "#web/parts/table-scroll.tsx";
import { laneOf, type MoverGroup, moverGroups } from "./peak-scene.ts";

/** Everything that was unlike itself, each on a lane of its own: where it usually stands, and where it stood. */
export function PeakLanes({ answer }: { answer: PeakAnswerInfo }) {
  return (
    <>
      {moverGroups(answer.movers).map((group) => (
        <Lanes key={group.title} group={group} />
      ))}
    </>
  );
}

function Lanes({ group: { title, movers } }: { group: MoverGroup }) {
  return (
    <Card title={title} note="▮ usual half of the days alike · ● then">
      <TableScroll>
        <table className="peak-lanes">
          <thead>
            <tr>
              <th>Series</th>
              <th className="n">Then</th>
              <th className="n">Usually</th>
              <th className="lane">Against days alike</th>
              <th className="n">{title === "Power" ? "Of the rise" : "Unusual"}</th>
            </tr>
          </thead>
          <tbody>
            {movers.map((mover) => (
              <Row key={mover.series} mover={mover} />
            ))}
          </tbody>
        </table>
      </TableScroll>
    </Card>
  );
}

function Row({ mover }: { mover: PeakMoverInfo }) {
  const { name, value, usual, unit, score, sharePct } = mover;
  const style = { unit: unit.startsWith("%") ? "%" : unit, keepUnit: true };
  return (
    <tr title={mover.sentence}>
      <td>
        {name}
        {unit.length > 2 && unit.startsWith("%") && <small className="faint"> {unit.slice(2)}</small>}
      </td>
      <td className="n">
        <b>{numberText(value, style)}</b>
      </td>
      <td className="n">{numberText(usual, style)}</td>
      <td className="lane">
        <LaneOf mover={mover} />
      </td>
      <td className="n">
        {unit === "kW" && sharePct !== null
          ? `${Math.round(sharePct)} %`
          : score === null
            ? "—"
            : `${score < 0 ? "−" : "+"}${Math.abs(score).toFixed(1)} σ`}
      </td>
    </tr>
  );
}

function LaneOf({ mover }: { mover: PeakMoverInfo }) {
  const lane = laneOf(mover);
  if (lane === undefined) return null;
  const clear = Math.abs(mover.score ?? 0) >= 2;
  return (
    <span className="peak-lane" aria-hidden="true">
      <i style={{ left: `${lane.low}%`, width: `${Math.max(1, lane.high - lane.low)}%` }} />
      <u style={{ left: `${lane.usual}%` }} />
      <b className={clear ? "clear" : ""} style={{ left: `${lane.value}%` }} />
    </span>
  );
}
