import type { CSSProperties, KeyboardEvent } from "react";
import type { PlantInfo } from "#contract/plant.ts";
import type { IntervalRow, IntervalsAnswer } from "#contract/plant-intervals.ts";
import type { ZoneClock } from "#web/charts/zone-clock.ts";
import { countText } from "#web/parts/format-number.ts";
import { flagsOf, intervalText } from "#web/parts/interval-words.ts";
import { QualityMark } from "#web/parts/quality-mark.tsx";
import { columnDecimals, fixedText, pulseDecimals } from "#web/parts/resolution.ts";
import { TablePages } from "#web/parts/table-pages.tsx";
import { TableScroll } from "#web/parts/table-scroll.tsx";
import { SortHead } from "#web/parts/table-sort.tsx";
import { PAGE_SIZE } from "./interval-queries.ts";
import type { IntervalView } from "./use-interval-view.ts";
import type { Decimals } from "./words.ts";

interface IntervalTableProps {
  readonly view: IntervalView;
  readonly plant: PlantInfo;
  readonly answer: IntervalsAnswer;
  readonly clock: ZoneClock;
  readonly decimals: Decimals;
  /** The rows are of another choice, and on their way out. */
  readonly faded: boolean;
}

/** One page of intervals; a row opens what every source says of it. */
export function IntervalTable({ view, plant, answer, clock, decimals, faded }: IntervalTableProps) {
  const sort = view.search.sort ?? "-time";
  const register = columnDecimals(
    answer.rows.map((row) => row.totalKwh),
    pulseDecimals(plant.pulseKwh),
  );
  const registers = answer.rows.some((row) => row.totalKwh !== null);
  const highest = Math.max(1e-9, ...answer.rows.map((row) => row.powerKw ?? 0));
  const pulses = answer.rows.some((row) => row.pulses !== null);
  return (
    <div className="interval-table" data-faded={faded} aria-busy={faded}>
      <TableScroll>
        <table className="stack intervals">
          <caption className="read-aloud">Intervals of the chosen time on {plant.name}</caption>
          <thead>
            <tr>
              <SortHead label="Interval" column="time" sort={sort} onSort={view.setSort} />
              <th className="bar-head">
                <span className="read-aloud">As a bar</span>
              </th>
              <SortHead label="kW" column="kw" sort={sort} onSort={view.setSort} number />
              <SortHead label="kWh" column="kwh" sort={sort} onSort={view.setSort} number />
              {pulses && <th className="n">Pulses</th>}
              {registers && <th className="n">Register, kWh</th>}
              <th className="source-head">Taken from</th>
              <th>Marks</th>
            </tr>
          </thead>
          <tbody onKeyDown={moveRow}>
            {answer.rows.map((row) => (
              <Row
                key={row.endMs}
                row={row}
                opened={view.search.row === row.endMs}
                when={intervalText(row, clock, view.nowMs)}
                decimals={decimals}
                register={registers ? register : undefined}
                pulses={pulses}
                share={(row.powerKw ?? 0) / highest}
                onToggle={() => view.open(view.search.row === row.endMs ? undefined : row.endMs)}
              />
            ))}
          </tbody>
        </table>
      </TableScroll>
      <TablePages
        page={answer.page}
        pages={answer.pages}
        size={PAGE_SIZE}
        rows={answer.matching}
        noun="rows"
        onPage={(page) => {
          view.setPage(page);
          scrollTo({ top: 0 });
        }}
      />
    </div>
  );
}

interface RowProps {
  readonly row: IntervalRow;
  readonly opened: boolean;
  readonly when: string;
  readonly decimals: Decimals;
  /** Decimals of the register's column; undefined where there is none. */
  readonly register: number | undefined;
  readonly pulses: boolean;
  /** Power as a share of the highest of the page. */
  readonly share: number;
  readonly onToggle: () => void;
}

function Row({ row, opened, when, decimals, register, pulses, share, onToggle }: RowProps) {
  const flags = flagsOf(row);
  const counts = row.demandKw !== null;
  return (
    <tr className="openable" data-open={opened} data-missing={row.source === null} onClick={onToggle}>
      <td className="nowrap">
        <button
          type="button"
          className="row-open"
          aria-expanded={opened}
          onClick={(event) => event.stopPropagation() === undefined && onToggle()}
        >
          {when}
        </button>
      </td>
      <td className="bar-cell">
        <i className={barOf(row)} aria-hidden="true" style={{ "--w": share } as CSSProperties} />
      </td>
      <td className={counts ? "n strong" : "n muted"} data-label="kW">
        {fixedText(row.demandKw ?? row.powerKw, "", decimals.kw)}
        {row.possibleKw !== null && <small className="faint"> up to {fixedText(row.possibleKw, "", decimals.kw)}</small>}
      </td>
      <td className="n" data-label="kWh">
        {fixedText(row.energyKwh, "", decimals.kwh)}
      </td>
      {pulses && (
        <td className="n" data-label="pulses">
          {row.pulses === null ? "—" : countText(row.pulses)}
        </td>
      )}
      {register !== undefined && (
        <td className="n" data-label="register">
          {fixedText(row.totalKwh, "", register)}
        </td>
      )}
      <td className="source-cell" title={row.source ?? undefined}>
        {row.source ?? <span className="faint">nobody</span>}
      </td>
      <td className="marks">
        {flags.map((flag) => (
          <QualityMark key={flag.words} state={flag.state} words={flag.words} />
        ))}
      </td>
    </tr>
  );
}

function barOf(row: IntervalRow): string {
  if (row.powerKw === null) return "missing";
  if (row.estimated) return "estimated";
  return row.demandKw === null ? "uncounted" : "counted";
}

/** Arrow keys go from row to row. */
function moveRow(event: KeyboardEvent<HTMLTableSectionElement>): void {
  if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
  const row = (event.target as HTMLElement).closest("tr");
  const next = event.key === "ArrowDown" ? row?.nextElementSibling : row?.previousElementSibling;
  const button = next?.querySelector<HTMLButtonElement>(".row-open");
  if (!button) return;
  event.preventDefault();
  button.focus();
}
