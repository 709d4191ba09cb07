import { useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import type { CorrectionInfo } from "#contract/corrections.ts";
import type { MeterInfo, MetersAnswer } from "#contract/meters.ts";
import { useNow } from "#web/client/live.tsx";
import { monthsQuery } from "#web/client/meter-act-queries.ts";
import { Card } from "#web/parts/card.tsx";
import { countText, numberText } from "#web/parts/format-number.ts";
import { MeterSelect } from "#web/parts/meter-select.tsx";
import { EmptyState, ErrorState, Skeleton } from "#web/parts/states.tsx";
import { TableScroll } from "#web/parts/table-scroll.tsx";
import type { CorrectionsSearch } from "./corrections-search.ts";
import { isNew, isOther, type KnownRow, knownRows, knownSentence, monthText, signed } from "./words.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const YEARS_BACK = 2;

interface AsKnownProps {
  readonly meters: readonly MeterInfo[];
  readonly sites: MetersAnswer["sites"];
  readonly meter: MeterInfo | undefined;
  readonly corrections: readonly CorrectionInfo[];
  readonly zone: string | undefined;
  readonly asOf: string | undefined;
  readonly onChange: (next: CorrectionsSearch) => void;
}

/** A meter's months as they were known on a day, beside what is known now: what a bill of that day rested on. */
export function AsKnownCard({ meters, sites, meter, corrections, zone, asOf, onChange }: AsKnownProps) {
  const nowMs = useNow(HOUR_MS);
  const own = corrections.filter((one) => one.meter === meter?.id);
  const days = [...new Set(own.map(({ madeMs }) => dateOf(madeMs - DAY_MS, zone)))].slice(0, 4);
  return (
    <Card title="As known on" note="from what was stored and corrected by the end of that day">
      <div className="known-choice">
        <MeterSelect
          label="Meter to compare"
          none="Choose a meter"
          meters={meters}
          sites={sites}
          value={meter?.id}
          onChange={(id) => onChange({ meter: id })}
        />
        <input
          type="date"
          className="ctl"
          aria-label="Known by the end of this day"
          max={dateOf(nowMs, zone)}
          value={asOf ?? ""}
          onChange={(event) => onChange({ asOf: event.currentTarget.value || undefined })}
        />
        {days.map((day) => (
          <button key={day} type="button" className="chip" aria-pressed={day === asOf} onClick={() => onChange({ asOf: day })}>
            Before the correction of {dayText(day, 1)}
          </button>
        ))}
      </div>
      {meter === undefined || asOf === undefined ? (
        <EmptyState sentence="Choose a meter and a day: its months as they were known then stand beside what is known now." />
      ) : (
        <Compared meter={meter} asOf={asOf} zone={zone} />
      )}
    </Card>
  );
}

function Compared({ meter, asOf, zone }: { meter: MeterInfo; asOf: string; zone: string | undefined }) {
  const nowMs = useNow(HOUR_MS);
  const [all, setAll] = useState(false);
  const to = dateOf(nowMs, zone);
  const from = `${Number(to.slice(0, 4)) - YEARS_BACK}${to.slice(4, 7)}-01`;
  const then = useQuery(monthsQuery({ meter: meter.id, from, to, asOf }));
  const now = useQuery(monthsQuery({ meter: meter.id, from, to, asOf: undefined }));
  const rows = useMemo(
    () => (then.data === undefined || now.data === undefined ? undefined : knownRows(then.data, now.data)),
    [then.data, now.data],
  );
  const failed = then.error ? then : now.error ? now : undefined;
  if (failed) return <ErrorState error={failed.error} retry={() => void failed.refetch()} />;
  if (rows === undefined) return <Skeleton height={240} />;
  const other = rows.filter(isOther);
  const shown = all || other.length === 0 ? rows : other;
  return (
    <>
      <p className="known-sentence">{knownSentence(rows, meter.unit, dayText(asOf))}</p>
      {rows.length > 0 && rows.every(isNew) && <p className="muted">Its readings came here later, however old they are.</p>}
      <TableScroll>
        <table className="known-table">
          <thead>
            <tr>
              <th>Month</th>
              <th className="n">Known {dayText(asOf)}</th>
              <th className="n">Known now</th>
              <th className="n">Difference</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((row) => (
              <Month key={row.fromMs} row={row} unit={meter.unit} zone={zone} />
            ))}
          </tbody>
        </table>
      </TableScroll>
      {shown.length < rows.length && (
        <button type="button" className="link known-all" onClick={() => setAll(true)}>
          Show all {countText(rows.length)} months
        </button>
      )}
    </>
  );
}

function Month({ row, unit, zone }: { row: KnownRow; unit: string; zone: string | undefined }) {
  const style = { unit, keepUnit: true };
  return (
    <tr>
      <td>{monthText(row.fromMs, zone)}</td>
      <td className="n">{numberText(row.before, style)}</td>
      <td className="n">{numberText(row.today, style)}</td>
      <td className={isOther(row) ? "n" : "n faint"}>{isNew(row) ? "new" : signed(row.difference, unit)}</td>
    </tr>
  );
}

/** The local date of an instant. */
function dateOf(tMs: number, zone: string | undefined): string {
  return new Intl.DateTimeFormat("en-CA", { dateStyle: "short", ...(zone === undefined ? {} : { timeZone: zone }) }).format(tMs);
}

function dayText(date: string, later = 0): string {
  const at = new Date(`${date}T12:00:00Z`).getTime() + later * DAY_MS;
  return Number.isNaN(at)
    ? date
    : new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" }).format(at);
}
