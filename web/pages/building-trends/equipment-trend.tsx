import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useMemo, useRef, useState } from "react";
import type { PointNowAnswer } from "#contract/building-parts.ts";
import type { SeriesInfo } from "#contract/series.ts";
import type { ChartHandle } from "#web/charts/chart-handle.ts";
import { useNow } from "#web/client/live.tsx";
import { seriesQuery } from "#web/client/queries.ts";
import { FindingList } from "#web/pages/building/finding-list.tsx";
import { valueText } from "#web/pages/building/zone-words.ts";
import { ExplorerChart } from "#web/pages/explorer/explorer-chart.tsx";
import { linesOf } from "#web/pages/explorer/explorer-lines.ts";
import { usePicture } from "#web/pages/explorer/use-picture.ts";
import { useView } from "#web/pages/explorer/use-view.ts";
import { Answer, Card } from "#web/parts/card.tsx";
import { countText } from "#web/parts/format-number.ts";
import { ageText } from "#web/parts/format-time.ts";
import { roleWords } from "#web/parts/role-words.ts";
import { EmptyState, ErrorState, Skeleton } from "#web/parts/states.tsx";
import { TableScroll } from "#web/parts/table-scroll.tsx";
import type { EquipmentRow } from "./trends-view.ts";

interface TrendProps {
  readonly row: EquipmentRow;
  readonly all: readonly EquipmentRow[];
  /** IANA zone of the site. */
  readonly zone: string;
  readonly site: string;
}

/** Charts under one axis get small: more than these are looked at in the Explorer. */
const MOST_LINES = 14;
const TEXT_UNIT = "text";

/** One piece of equipment: what it is, what it says now, and its histories. */
export function EquipmentTrend({ row, all, zone, site }: TrendProps) {
  const known = useQuery(seriesQuery);
  const series = useMemo(() => seriesOf(row, known.data ?? []), [row, known.data]);
  const { equipment, zones, findings } = row;
  const nowMs = useNow(60_000);
  const server = all.find((one) => one.equipment.id === equipment.servedBy)?.equipment;
  const evidence = [
    `${countText(row.now.length)} ${row.now.length === 1 ? "history" : "histories"} with a role`,
    ...(equipment.floor === "" ? [] : [`floor ${equipment.floor}`]),
    ...(server === undefined ? [] : [`served by ${server.name}`]),
    ...(zones.length === 0 ? [] : [`serves ${countText(zones.length)} ${zones.length === 1 ? "zone" : "zones"}`]),
  ];
  return (
    <div className="trends-one">
      <Answer sentence={sentenceOf(row)} evidence={evidence}>
        <Link className="ctl" to="/explorer" search={{ site, series: series.map(({ key }) => key) }}>
          Explorer
        </Link>
      </Answer>
      {known.data === undefined && known.error === null && <Skeleton height={420} />}
      {known.error !== null && known.data === undefined && <ErrorState error={known.error} retry={() => void known.refetch()} />}
      {known.data !== undefined && series.length === 0 && (
        <EmptyState sentence={`Nothing of ${equipment.name} can be drawn: it speaks in words alone, or not at all.`} />
      )}
      {series.length > 0 && <Picture series={series.slice(0, MOST_LINES)} zone={zone} />}
      {series.length > MOST_LINES && (
        <p className="faint">
          The first {MOST_LINES} of {series.length} histories are drawn; all of them are in the Explorer.
        </p>
      )}
      {findings.length > 0 && (
        <Card title="Found" note={`${countText(findings.length)} today`}>
          <FindingList findings={findings} nowMs={nowMs} timeZone={zone} />
        </Card>
      )}
      {row.now.length > 0 && <Now points={row.now} />}
    </div>
  );
}

/** "AHU 3: duct static pressure is below its setpoint", or how it is. */
function sentenceOf({ equipment, findings, now }: EquipmentRow): string {
  const [first] = findings;
  if (first !== undefined) return `${equipment.name}: ${first.sentence}`;
  return now.length === 0 ? `${equipment.name} has no history with a role.` : `${equipment.name}: nothing to find fault with today.`;
}

/** Everything of it that has numbers, in the order of its roles. */
function seriesOf({ now }: EquipmentRow, all: readonly SeriesInfo[]): SeriesInfo[] {
  const known = new Map(all.map((info) => [info.key, info]));
  return [...new Set(now.map(({ series }) => series))].flatMap((key) => known.get(key) ?? []).filter(({ unit }) => unit !== TEXT_UNIT);
}

function Picture({ series, zone }: { series: readonly SeriesInfo[]; zone: string }) {
  const view = useView(zone);
  const [widthPx, setWidthPx] = useState(800);
  const chart = useRef<ChartHandle>(null);
  const state = usePicture({ series, window: view.span, widthPx, nowMs: view.nowMs, follow: view.follow });
  const lines = useMemo(() => linesOf(series, state.picture), [series, state.picture]);
  return (
    <ExplorerChart
      view={view}
      first={series[0] as SeriesInfo}
      lines={lines}
      zone={zone}
      state={state}
      chart={chart}
      statistics={undefined}
      onWidth={setWidthPx}
    />
  );
}

function Now({ points }: { points: readonly PointNowAnswer[] }) {
  const nowMs = useNow(60_000);
  return (
    <Card title="Now" note="the newest sample of each, with the words of its sender">
      <TableScroll>
        <table className="trends-now">
          <thead>
            <tr>
              <th>Role</th>
              <th className="n">Value</th>
              <th>Status</th>
              <th className="n">Age</th>
            </tr>
          </thead>
          <tbody>
            {points.map((point) => (
              <tr key={point.series}>
                <td>{roleWords(point.role)}</td>
                <td className="n">
                  <b>{valueText(point)}</b>
                </td>
                <td>
                  {point.status === "" ? <span className="faint">none said</span> : <code>{point.status}</code>}
                  {point.overridden && <span className="tag"> held by hand</span>}
                </td>
                <td className="n">{point.tMs === null ? "never" : ageText(nowMs - point.tMs)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </TableScroll>
    </Card>
  );
}
