import { Link } from "@tanstack/react-router";
import { memo, useState } from "react";
import type { ZoneRowAnswer } from "#contract/building.ts";
import { unitText } from "#web/parts/format-number.ts";
import { ageText, fullText } from "#web/parts/format-time.ts";
import { QualityMark } from "#web/parts/quality-mark.tsx";
import { TablePages } from "#web/parts/table-pages.tsx";
import { SortHead } from "#web/parts/table-sort.tsx";
import { FlowBar } from "./flow-bar.tsx";
import { zoneFigures } from "./zone-figures.ts";
import { ZoneSpark } from "./zone-spark.tsx";
import { zoneMark } from "./zone-standing.ts";
import { bandText, comfortText, deviationOf, flowNumber, overriddenTitle, percentText, tempNumber, valueText } from "./zone-words.ts";
import type { ZoneLists } from "./zones-lists.ts";
import type { ZoneOrder } from "./zones-view.ts";

interface TableProps extends ZoneLists {
  readonly label: string;
  /** The rows are one air handler's: its column would say the same in each. */
  readonly ofHandler?: boolean;
}

/** More rows at once than this are slower than they are useful. */
export const PAGE_ROWS = 60;

/** Zones as rows: a table where there is room, a block each on a phone. */
export function ZonesTable({ label, rows, nowMs, timeZone, order, onOrder, most, when, search, ofHandler = false }: TableProps) {
  const [wanted, setPage] = useState(1);
  const pages = Math.max(1, Math.ceil(rows.length / PAGE_ROWS));
  const page = Math.min(wanted, pages);
  const head = { sort: order ?? ("" as ZoneOrder), onSort: onOrder };
  return (
    <section className="card zones-card" aria-label={label}>
      <table className="zones-table">
        <thead>
          <tr>
            <SortHead {...head} label="Zone" column="zone" first="up" />
            {!ofHandler && <SortHead {...head} label="Air handler" column="handler" first="up" />}
            <SortHead {...head} label="Space" column="space" number />
            <th className="n zones-band">Band</th>
            <th className="zones-spark">24 h</th>
            <SortHead {...head} label="Airflow of setpoint" column="flow" first="up" />
            <SortHead {...head} label="Damper" column="damper" number />
            <SortHead {...head} label="Reheat" column="reheat" number />
            <SortHead {...head} label={`Comfort ${when}`.trim()} column="comfort" first="up" number />
            <SortHead {...head} label="Age" column="age" number />
          </tr>
        </thead>
        <tbody>
          {rows.slice((page - 1) * PAGE_ROWS, page * PAGE_ROWS).map((row) => (
            <ZoneRow key={row.zone.id} row={row} nowMs={nowMs} timeZone={timeZone} most={most} search={search} ofHandler={ofHandler} />
          ))}
        </tbody>
      </table>
      <TablePages page={page} pages={pages} size={PAGE_ROWS} rows={rows.length} noun="zones" onPage={setPage} />
    </section>
  );
}

interface RowProps {
  readonly row: ZoneRowAnswer;
  readonly nowMs: number;
  readonly timeZone: string;
  readonly most: number;
  readonly search: object;
  readonly ofHandler: boolean;
}

const ZoneRow = memo(function ZoneRow({ row, nowMs, timeZone, most, search, ofHandler }: RowProps) {
  const figures = zoneFigures(row);
  const { space, flow, flowSetpoint, damper, reheat, overridden } = figures;
  const atMs = space?.tMs ?? null;
  const mark = zoneMark(row.standing, atMs === null ? undefined : ageText(nowMs - atMs));
  const deviation = deviationOf(row);
  const temp = row.standing === "bad" ? null : (space?.value ?? null);
  return (
    <tr data-standing={row.standing}>
      <td className="zones-name">
        <Link className="zone-link" to="/building/zone" search={{ ...search, zone: row.zone.id }}>
          {row.zone.name}
        </Link>
        {overridden.length > 0 && (
          <span className="zone-overridden" title={overriddenTitle(overridden)}>
            overridden
          </span>
        )}
      </td>
      {!ofHandler && <td className="muted zones-handler">{row.airHandlerName ?? "—"}</td>}
      <td className="n zones-space" data-label="Space">
        {tempNumber(temp)}
        {temp !== null && <i>{`\u00a0${unitText(row.unit)}`}</i>}
        {row.standing !== "inside" && <small className={deviation.tone}>{deviation.words}</small>}
      </td>
      <td className="n muted zones-band" data-label="Band">
        {bandText(row.low, row.high) || "none"}
      </td>
      <td className="zones-spark">
        <ZoneSpark row={row} />
      </td>
      <td className="zones-flow" data-label="Airflow">
        <FlowBar flow={flow} flowSetpoint={flowSetpoint} most={most} />
        <FlowWords figures={figures} />
      </td>
      <Percent label="Damper" value={damper} />
      <td className="n" data-label="Reheat" data-empty={reheat === undefined}>
        {reheat === undefined ? "—" : valueText(reheat)}
      </td>
      <td className="n" data-label="Comfort">
        <Comfort row={row} />
      </td>
      <td className="n zones-age">
        <QualityMark {...mark} title={atMs === null ? undefined : fullText(atMs, { zone: timeZone })} />
      </td>
    </tr>
  );
});

/** Where nothing was judged yet, how it was when the building was last open, in two lines: the column is narrow. */
function Comfort({ row }: { row: ZoneRowAnswer }) {
  const { comfort, lastComfortPct } = row;
  if (comfort.withinTimePct !== null) return percentText(comfort.withinTimePct);
  if (lastComfortPct === null) return <span className="faint">{comfortText(row)}</span>;
  return (
    <span className="faint zones-last">
      {percentText(lastComfortPct)} <small>when last open</small>
    </span>
  );
}

function Percent({ label, value }: { label: string; value: number | undefined }) {
  return (
    <td className="n" data-label={label} data-empty={value === undefined}>
      {value === undefined ? (
        "—"
      ) : (
        <>
          {Math.round(value)}
          <i>{"\u00a0%"}</i>
        </>
      )}
    </td>
  );
}

function FlowWords({ figures: { flow, flowSetpoint, flowUnit } }: { figures: ReturnType<typeof zoneFigures> }) {
  if (flow === undefined) return <span className="faint">unknown</span>;
  return (
    <span className="nowrap">
      {flowNumber(flow, flowUnit)}
      {flowSetpoint !== undefined && ` of ${flowNumber(flowSetpoint, flowUnit)}`}
      <i>{`\u00a0${unitText(flowUnit)}`}</i>
    </span>
  );
}
