import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { BillRow, BillsAnswer } from "#contract/plant-bills.ts";
import { useNow } from "#web/client/live.tsx";
import { demandText } from "#web/pages/plant/figures.ts";
import type { PlantLook } from "#web/pages/plant/plant-look.ts";
import { namedDate, periodText, RULE_WORDS } from "#web/pages/plant/words.ts";
import { Card } from "#web/parts/card.tsx";
import { countText } from "#web/parts/format-number.ts";
import { moneyText } from "#web/parts/money-text.ts";
import { TableScroll } from "#web/parts/table-scroll.tsx";

const FIRST = 12;

/** Every period with what held its demand up, until when that counts, and what it costs. */
export function Timeline({ look, answer, chosen }: { look: PlantLook; answer: BillsAnswer; chosen: string }) {
  const [all, setAll] = useState(false);
  const newest = answer.bills.toReversed();
  const shown = all ? newest : newest.slice(0, FIRST);
  return (
    <Card title="Ratchet, period by period" note={ruleWords(answer)}>
      <TableScroll>
        <table className="stack timeline">
          <thead>
            <tr>
              <th>Period</th>
              <th className="n">Metered</th>
              <th className="n">Floor</th>
              <th>Set by the period from</th>
              <th>Counts until</th>
              <th className="n">Billed</th>
              <th className="n">Ratchet costs</th>
              <th className="n">Bill</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((row) => (
              <PeriodRow key={row.period.name} row={row} answer={answer} look={look} chosen={row.period.name === chosen} />
            ))}
          </tbody>
        </table>
      </TableScroll>
      {!all && newest.length > FIRST && (
        <button type="button" className="link" onClick={() => setAll(true)}>
          Show all {countText(newest.length)} periods
        </button>
      )}
    </Card>
  );
}

function ruleWords({ ratchetPercent, ratchetPeriods }: BillsAnswer): string {
  if (ratchetPercent === null) return "this plan has no ratchet";
  return `${ratchetPercent} % of the highest of ${ratchetPeriods ?? "the"} periods before`;
}

interface PeriodRowProps {
  readonly row: BillRow;
  readonly answer: BillsAnswer;
  readonly look: PlantLook;
  readonly chosen: boolean;
}

function PeriodRow({ row, answer: { currency, basis }, look: { plant }, chosen }: PeriodRowProps) {
  const nowMs = useNow(60_000);
  const raised = row.ratchetCost !== null && Number(row.ratchetCost) !== 0;
  return (
    <tr aria-current={chosen ? "true" : undefined}>
      <td>
        <Link
          className="link nowrap"
          to="/billing-risk"
          search={{ plant: plant.id, basis: basis === "calendar" ? "calendar" : undefined, period: row.period.name }}
          resetScroll={false}
        >
          {yearedText(row, plant.zone, nowMs)}
        </Link>
        {row.period.open && <span className="faint"> so far</span>}
      </td>
      <td className="n" data-label="Metered">
        {bare(demandText(row.meteredKw, plant))}
        {row.uncertain && (
          <span className="q suspect">
            {row.uncertain.lowKw.toFixed(0)}–{row.uncertain.highKw.toFixed(0)}
          </span>
        )}
      </td>
      <td className="n" data-label="Floor">
        {bare(demandText(row.ratchetKw, plant))}
      </td>
      <td data-label="Set by" className="nowrap">
        {row.ratchetFrom === null ? <span className="faint">none</span> : namedDate(row.ratchetFrom)}
      </td>
      <td data-label="Until" className="nowrap">
        {row.ratchetUntil === null ? "" : namedDate(row.ratchetUntil)}
      </td>
      <td className="n" data-label="Billed">
        {row.rule === "metered" ? "" : <span className="faint">{RULE_WORDS[row.rule]} </span>}
        {demandText(row.billedKw, plant)}
      </td>
      <td className="n" data-label="Ratchet">
        {raised ? moneyText(row.ratchetCost, currency) : <span className="faint">nothing</span>}
      </td>
      <td className="n" data-label="Bill">
        {moneyText(row.total, currency)}
      </td>
    </tr>
  );
}

const bare = (text: string): string => text.replace(/\u00a0kW$/, "");

/** The days of a period, with the year where it is another one. */
function yearedText(row: BillRow, zone: string, nowMs: number): string {
  const text = periodText(row.period, zone, nowMs);
  const year = row.period.name.slice(0, 4);
  return text.includes(year) || row.period.name.slice(0, 4) === String(new Date(nowMs).getUTCFullYear()) ? text : `${text} ${year}`;
}
