import { Link } from "@tanstack/react-router";
import type { PeakAnswerInfo, PeakMoverInfo } from "#contract/building-peak.ts";
import { DAY_MS, type ZoneClock } from "#web/charts/zone-clock.ts";
import { Card } from "#web/parts/card.tsx";
import { numberText } from "#web/parts/format-number.ts";
import { TableScroll } from "#web/parts/table-scroll.tsx";
import { laneOf, type MoverGroup, moverGroups } from "./peak-scene.ts";

/** The local day of the interval, as pages of equipment are asked for it. */
interface Day {
  readonly site: string;
  readonly from: number;
  readonly to: number;
}

/** Everything that was unlike itself, each on a lane of its own: where it usually stands, and where it stood. */
export function PeakLanes({ answer, clock }: { answer: PeakAnswerInfo; clock: ZoneClock }) {
  const fromMs = clock.dayStartMs(answer.range.fromMs);
  const day: Day = { site: answer.site, from: fromMs, to: fromMs + DAY_MS };
  return (
    <>
      {moverGroups(answer.movers).map((group) => (
        <Lanes key={group.title} group={group} day={day} />
      ))}
    </>
  );
}

function Lanes({ group: { title, movers }, day }: { group: MoverGroup; day: Day }) {
  return (
    <Card title={title} note="▮ usual half of the days alike · ● then">
      <TableScroll>
        <table className="peak-lanes stack">
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
              <Row key={mover.series} mover={mover} day={day} />
            ))}
          </tbody>
        </table>
      </TableScroll>
    </Card>
  );
}

function Row({ mover, day }: { mover: PeakMoverInfo; day: Day }) {
  const { value, usual, unit, score, sharePct } = mover;
  const style = { unit: unit.startsWith("%") ? "%" : unit, keepUnit: true };
  return (
    <tr title={mover.sentence}>
      <td>
        <Moved mover={mover} day={day} />
        {unit.length > 2 && unit.startsWith("%") && <small className="faint"> {unit.slice(2)}</small>}
      </td>
      <td className="n" data-label="then">
        <b>{numberText(value, style)}</b>
      </td>
      <td className="n" data-label="usually">
        {numberText(usual, style)}
      </td>
      <td className="lane">
        <LaneOf mover={mover} />
      </td>
      <td className="n">
        {unit === "kW" && sharePct !== null
          ? `${String(Math.round(sharePct)).replace("-", "−")} %`
          : score === null
            ? "—"
            : `${score < 0 ? "−" : "+"}${Math.abs(score).toFixed(1)} σ`}
      </td>
    </tr>
  );
}

/** The equipment at that time, where it has any; else the series itself. */
function Moved({ mover: { name, series, equipment }, day }: { mover: PeakMoverInfo; day: Day }) {
  return equipment === null ? (
    <Link className="link" to="/explorer" search={{ ...day, series: [series] }}>
      {name}
    </Link>
  ) : (
    <Link className="link" to="/building/trends" search={{ ...day, equipment: [equipment] }}>
      {name}
    </Link>
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
