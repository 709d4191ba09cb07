import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { AlertInfo } from "#contract/alerts.ts";
import { durationWords } from "#web/charts/time-words.ts";
import { alertsQuery } from "#web/client/alert-queries.ts";
import { useNow } from "#web/client/live.tsx";
import { Card } from "#web/parts/card.tsx";
import { fullText, momentText } from "#web/parts/format-time.ts";
import { ErrorState, Skeleton } from "#web/parts/states.tsx";
import { TableScroll } from "#web/parts/table-scroll.tsx";
import { Deliveries } from "./deliveries.tsx";
import { SEVERITY_WORDS } from "./words.ts";

/** What was, and is over: a page at a time, the newest first. */
export function HistoryCard() {
  // The cursors that led here; the last is of the page that is shown.
  const [cursors, setCursors] = useState<readonly number[]>([]);
  const query = useQuery(alertsQuery(cursors.at(-1)));
  const rows = query.data?.history;
  const older = query.data?.beforeId ?? null;
  return (
    <Card title="History">
      {query.error && rows === undefined && <ErrorState error={query.error} retry={() => void query.refetch()} />}
      {query.isPending && <Skeleton height={160} />}
      {rows?.length === 0 && <p className="muted">{cursors.length === 0 ? "No alert is over yet." : "That is all there is."}</p>}
      {rows !== undefined && rows.length > 0 && <HistoryTable rows={rows} />}
      {(cursors.length > 0 || older !== null) && (
        <nav className="alerts-pages" aria-label="Pages of the history">
          <button type="button" className="ctl" disabled={cursors.length === 0} onClick={() => setCursors(cursors.slice(0, -1))}>
            Newer
          </button>
          <button type="button" className="ctl" disabled={older === null} onClick={() => older !== null && setCursors([...cursors, older])}>
            Older
          </button>
        </nav>
      )}
    </Card>
  );
}

function HistoryTable({ rows }: { rows: readonly AlertInfo[] }) {
  return (
    <TableScroll>
      <table className="stack alerts-table">
        <thead>
          <tr>
            <th>Began</th>
            <th className="n">Lasted</th>
            <th>Severity</th>
            <th>What it was</th>
            <th>Acknowledged</th>
            <th>Messages</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((alert) => (
            <HistoryRow key={alert.id} alert={alert} />
          ))}
        </tbody>
      </table>
    </TableScroll>
  );
}

function HistoryRow({ alert }: { alert: AlertInfo }) {
  const nowMs = useNow(60_000);
  const severity = SEVERITY_WORDS[alert.severity];
  return (
    <tr>
      <td className="nowrap">
        <time dateTime={new Date(alert.firedMs).toISOString()} title={fullText(alert.firedMs)}>
          {momentText(alert.firedMs, nowMs)}
        </time>
      </td>
      <td className="n" data-label="lasted">
        {alert.clearedMs === null ? "—" : durationWords(alert.clearedMs - alert.firedMs)}
      </td>
      <td>
        <span className={`tag ${severity.tone}`}>{severity.words}</span>
      </td>
      <td className="alerts-wide">
        {alert.title}
        <div className="faint">{alert.ruleName}</div>
      </td>
      <td data-label="acknowledged">
        {alert.acknowledged === null ? (
          <span className="faint">nobody</span>
        ) : (
          <span title={fullText(alert.acknowledged.atMs)}>
            {alert.acknowledged.who}, {momentText(alert.acknowledged.atMs, nowMs)}
          </span>
        )}
      </td>
      <td className="alerts-wide">
        <Deliveries alert={alert} nowMs={nowMs} />
      </td>
    </tr>
  );
}
